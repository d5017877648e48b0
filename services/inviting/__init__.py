"""Who is due for a conversation: invited, reminded to choose a time, and handed to a caseworker when nothing comes.

Nothing else ever follows from an invitation: what somebody does with it is no reason for a decision (docs/adr/0017).
"""
