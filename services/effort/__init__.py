"""What residents tell about looking for work or training, and the period in which they are asked to."""
