"""The resident's door: channels, the turn, and the one way out."""
