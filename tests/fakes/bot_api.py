"""Telegram's Bot API on loopback: keeps updates until they are confirmed, records calls, misbehaves on command.

with BotApi() as telegram:
    telegram.resident_writes(7, "hallo")
    ...                                  # TREDE_TELEGRAM_API_URL = telegram.url, TREDE_TELEGRAM_TOKEN = telegram.token
    answer = telegram.wait_for(7)[-1]
    telegram.resident_presses(7, answer.id, 0)
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.fakes.bot_api_server import serve
from tests.fakes.bot_api_updates import Updates

TOKEN = "4242:AAFakeTokenThatMustNeverBeSeenInALog"


@dataclass(frozen=True)
class Sent:
    """A message of the bot as it stands in the resident's chat."""

    id: int
    chat_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    """label and callback data, from top to bottom"""
    bold: tuple[str, ...]
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the server answers instead of doing what was asked; `holds`: only after so many seconds."""

    status: int = 200
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    holds: float = 0.0


class BotApi:
    """Everything a test asks or tells; the calls of the bot come in over HTTP."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.lock = threading.RLock()
        self.updates = Updates(self)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[Sent] = []
        self.webhook: dict[str, Any] = {}
        self.questions = 0
        self._orders: dict[str, deque[Answer]] = {}
        self._standing: dict[tuple[str, int], Answer] = {}
        self._stop: Callable[[], None] = lambda: None
        self.url = ""

    def __enter__(self) -> Self:
        self.url, self._stop = serve(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    # what residents do

    def resident_writes(self, chat_id: int, text: str, **more: Any) -> int:
        """The number of the update; `more` are further fields of the message."""
        return self.updates.add("message", self.updates.message(chat_id, text=text, **more))

    def resident_sends(self, chat_id: int, **what: Any) -> int:
        """Something without words: `photo=[...]`, `voice={...}`, `sticker={...}`."""
        return self.updates.add("message", self.updates.message(chat_id, **what))

    def resident_presses(self, chat_id: int, message_id: int, button_index: int) -> int:
        message = next(m for m in self.messages if m.chat_id == chat_id and m.id == message_id)
        return self.resident_presses_data(chat_id, message.buttons[button_index][1], message_id)

    def resident_presses_data(self, chat_id: int, data: str, message_id: int = 1) -> int:
        return self.updates.add("callback_query", self.updates.press(chat_id, data, message_id))

    def resident_blocks(self, chat_id: int) -> int:
        self.orders_always("sendMessage", chat_id, 403, "Forbidden: bot was blocked by the user")
        return self.updates.add("my_chat_member", self.updates.membership(chat_id, "private", "member", "kicked"))

    def resident_unblocks(self, chat_id: int) -> int:
        self._standing.pop(("sendMessage", chat_id), None)
        return self.updates.add("my_chat_member", self.updates.membership(chat_id, "private", "kicked", "member"))

    # what Telegram does

    def orders(self, method: str, status: int, description: str = "", times: int = 1, **parameters: Any) -> None:
        """The next calls of this method fail: `orders("sendMessage", 429, retry_after=2)`."""
        with self.lock:
            answers = self._orders.setdefault(method, deque())
            answers.extend([Answer(status, description or f"fault {status}", parameters)] * times)

    def orders_silence(self, method: str, seconds: float) -> None:
        """The next call of this method is done, but the answer takes so long that the bot has gone."""
        with self.lock:
            self._orders.setdefault(method, deque()).append(Answer(holds=seconds))

    def orders_always(self, method: str, chat_id: int, status: int, description: str) -> None:
        """Every call of this method for this chat fails."""
        with self.lock:
            self._standing[(method, chat_id)] = Answer(status, description)

    def answer_for(self, method: str, parameters: dict[str, Any]) -> Answer | None:
        with self.lock:
            waiting = self._orders.get(method)
            if waiting:
                return waiting.popleft()
            return self._standing.get((method, int(parameters.get("chat_id", 0))))

    # what can be seen

    def sent_to(self, chat_id: int) -> list[Sent]:
        with self.lock:
            return [m for m in self.messages if m.chat_id == chat_id]

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        with self.lock:
            return [parameters for name, parameters in self.calls if name == method]

    def wait_for(self, chat_id: int, count: int = 1, timeout: float = 60.0) -> list[Sent]:
        """For tests without an event loop: the messages of this chat, as soon as there are so many."""
        end = time.monotonic() + timeout
        while len(self.sent_to(chat_id)) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{len(self.sent_to(chat_id))} of {count} messages came in {timeout} s")
            time.sleep(0.01)
        return self.sent_to(chat_id)

    async def eventually(self, holds: Callable[[], object]) -> None:
        """For tests with one: wait until it holds, at most a minute."""
        async with asyncio.timeout(60):
            while not holds():  # noqa: ASYNC110  the server lives in another thread
                await asyncio.sleep(0.005)
