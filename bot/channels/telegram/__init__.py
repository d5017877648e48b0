"""Telegram: lines come in by long polling or a webhook, messages go out through the Bot API."""
