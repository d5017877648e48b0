"""What a caseworker reads of a conversation."""
