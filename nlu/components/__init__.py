"""What is ours inside Rasa's graph."""
