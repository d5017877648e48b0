"""The Rasas of an installation: one call to one of them, and whom to ask first."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from typing import Any

import httpx

LEFT_ALONE = 5.0
"""Seconds in which a Rasa that was away or slow is asked last: a line in ten need not find that out again."""
CONNECTS_WITHIN = 1.0


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
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(None, connect=CONNECTS_WITHIN),
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=50),
        )
        self._last_until = 0.0

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
            async with asyncio.timeout(seconds):
                response = await self._client.post("/webhooks/trede/webhook", json=body)
        except TimeoutError as error:
            raise BrainSlow from error
        except httpx.TransportError as error:
            raise BrainAway from error
        if response.status_code == 503:
            raise BrainAway
        if response.status_code != 200 or not response.json()["messages"]:
            raise BrainSilent
        return dict(response.json())

    async def health(self, seconds: float = 3.0) -> dict[str, Any]:
        """What it says of itself (ready, model, canaries, memory, start-up time); empty when it is away."""
        try:
            async with asyncio.timeout(seconds):
                response = await self._client.get("/webhooks/trede/health")
        except (httpx.TransportError, TimeoutError):
            return {}
        return dict(response.json()) if response.status_code == 200 else {}

    async def forget(self, conversation: str, seconds: float = 3.0) -> bool:
        """Whether it was there to wipe what it remembers of the conversation."""
        try:
            async with asyncio.timeout(seconds):
                response = await self._client.post("/webhooks/trede/forget", json={"conversation": conversation})
        except (httpx.TransportError, TimeoutError):
            return False
        return response.is_success

    async def close(self) -> None:
        await self._client.aclose()


def in_order(rasas: Sequence[Rasa], conversation: str) -> list[Rasa]:
    """The same order for the same conversation, another for another: so the load is spread without anybody counting.

    Each has a number of its own for a conversation, and the lowest comes first: when one goes, only its part moves.
    """

    def place(rasa: Rasa) -> tuple[bool, bytes]:
        return rasa.is_last, hashlib.blake2b(f"{rasa.url} {conversation}".encode(), digest_size=8).digest()

    return sorted(rasas, key=place)
