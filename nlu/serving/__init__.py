"""Serves one trained model on the private network."""
