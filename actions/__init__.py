"""Rasa's door: slots in, one service call, words out. One file a topic."""
