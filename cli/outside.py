"""The channels of a process: which are open, and how they hear that something was said."""

import socket
from collections.abc import Coroutine
from typing import Any

from bot.brain import Brain
from bot.turn import Turns
from cli.wiring import Wiring


class Outside:
    """Web chat and Telegram as far as this process has them."""

    turns: Turns

    def __init__(self, wiring: Wiring, brain: Brain, parts: set[str]) -> None:
        self.wiring, self.brain, self.parts = wiring, brain, parts

    def said(self, conversation_id: int) -> None:
        """Something was written in this conversation: open pages and the sender hear it at once."""

    def tasks(self, listening: socket.socket | None) -> list[Coroutine[Any, Any, None]]:
        return []
