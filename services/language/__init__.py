"""In which language somebody writes, and the one question about it."""
