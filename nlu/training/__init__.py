"""From material to a model file with its manifest."""
