"""Booking, moving and cancelling a conversation in the chat."""
