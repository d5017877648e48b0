"""What somebody has to arrange who goes to work: the list, its days, its ticks, and how it is told."""
