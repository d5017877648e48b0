"""What a municipality sets itself: its kinds of conversation, and what its answers need."""
