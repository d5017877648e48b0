"""Builds the files Rasa trains on from one material.json that the product exports."""
