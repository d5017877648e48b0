"""The verbs: one function a deed. They get a session and a moment, and never commit."""
