"""What a resident means: text in, topic and confidence out. Needs numpy, scipy and scikit-learn, never Rasa."""
