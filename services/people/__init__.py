"""People of whom the municipality keeps a case, and the chats that are theirs."""
