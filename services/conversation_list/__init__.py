"""The caseworkers' list of conversations: who waits longest comes first, then the newest."""
