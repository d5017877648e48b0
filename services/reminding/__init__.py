"""Reminders: planned with what they are about, looked at again before they are said, and followed until they arrive."""
