"""The Rasas of an installation: one call to one of them, and whom to ask first."""

import asyncio
import hashlib
import json
import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import aiohttp

LEFT_ALONE = 5.0
"""Seconds in which a Rasa that was away or slow is asked last: a line in ten need not find that out again."""
CONNECTS_WITHIN = 1.0
CONNECTIONS = 200
IDLE = 60.0
"""Seconds that a connection is kept; Rasa keeps it a little longer."""


class BrainError(Exception):
    """Rasa gave no answer that can be said."""


class BrainAway(BrainError):
    """Rasa is not there: stopped, starting, or not yet checked."""


class BrainSlow(BrainError):
    """Rasa took longer than a person wants to wait."""


class BrainSilent(BrainError):
    """Rasa answered with nothing: no rule fitted, or an action failed."""


class Rasa:
    """One of them. Open for the life of the process."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._token = token
        self._last_until = 0.0

    @cached_property
    def _session(self) -> aiohttp.ClientSession:
        """Made at the first call, on the event loop in which it lives."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE),
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECTS_WITHIN),
        )

    @property
    def is_last(self) -> bool:
        """Whether it is to be asked after the others."""
        return time.monotonic() < self._last_until

    async def turn(self, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        """How it answered a line. Raises BrainAway, BrainSlow or BrainSilent."""
        try:
            return await self._turn(body, seconds)
        except (BrainAway, BrainSlow):
            self._last_until = time.monotonic() + LEFT_ALONE
            raise

    async def _turn(self, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        try:
            status, said = await self._call("POST", "webhook", seconds, body)
        except aiohttp.ClientError as error:  # before TimeoutError: a connection that is not made in time is both
            raise BrainAway from error
        except TimeoutError as error:
            raise BrainSlow from error
        if status == 503:
            raise BrainAway
        answer = dict(json.loads(said)) if status == 200 else {}
        if not answer.get("messages"):
            raise BrainSilent
        return answer

    async def health(self, seconds: float = 3.0) -> dict[str, Any]:
        """What it says of itself (ready, model, canaries, memory, start-up time); empty when it is away."""
        try:
            status, said = await self._call("GET", "health", seconds)
        except (aiohttp.ClientError, TimeoutError):
            return {}
        return dict(json.loads(said)) if status == 200 else {}

    async def forget(self, conversation: str, seconds: float = 3.0) -> bool:
        """Whether it was there to wipe what it remembers of the conversation."""
        try:
            status, _ = await self._call("POST", "forget", seconds, {"conversation": conversation})
        except (aiohttp.ClientError, TimeoutError):
            return False
        return status < 300

    async def close(self) -> None:
        await self._session.close()

    async def _call(
        self, method: str, what: str, seconds: float, body: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimeoutError or aiohttp.ClientError."""
        # Not with httpx: its calls cost nine times as much processor time, and every line makes one.
        url = f"{self.url}/webhooks/trede/{what}"
        async with asyncio.timeout(seconds), self._session.request(method, url, json=body) as response:
            return response.status, await response.read()


def in_order(rasas: Sequence[Rasa], conversation: str) -> list[Rasa]:
    """The same order for the same conversation, another for another: so the load is spread without anybody counting.

    Each has a number of its own for a conversation, and the lowest comes first: when one goes, only its part moves.
    """

    def place(rasa: Rasa) -> tuple[bool, bytes]:
        return rasa.is_last, hashlib.blake2b(f"{rasa.url} {conversation}".encode(), digest_size=8).digest()

    return sorted(rasas, key=place)
