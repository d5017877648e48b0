"""Content: from files into the database, back again, and what is wrong with it."""
