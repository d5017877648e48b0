"""What editors do: answers, examples, and looking at both before residents do."""
