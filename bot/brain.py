"""Client of Rasa: one call a line. Every way in which it can fail has its own name."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from services.answering import OpenLine
from services.words import Words

SLOW_AFTER = 3.0
"""Seconds after which a resident gets an apology instead of silence."""
RETURNS_WITHIN = 3.0
"""Seconds that a line waits for Rasa to come back before the delay is told: a restart is often over by then."""


class BrainError(Exception):
    """Rasa gave no answer that can be said."""


class BrainAway(BrainError):
    """Rasa is not there: stopped, starting, or not yet checked."""


class BrainSlow(BrainError):
    """Rasa took longer than a person wants to wait."""


class BrainSilent(BrainError):
    """Rasa answered with nothing: no rule fitted, or an action failed."""


@dataclass(frozen=True)
class Understood:
    """How a line was understood, and what to say. `ranking`: topics with confidence (0 to 1), likeliest first."""

    words: tuple[Words, ...]
    topic: str
    confidence: float
    ranking: tuple[dict[str, Any], ...]
    model: str


class Brain:
    """`url` of Rasa on the private network, and the token it shares with us. Open for the life of the process."""

    def __init__(self, url: str, token: str, slow_after: float = SLOW_AFTER) -> None:
        self._client = httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=httpx.Timeout(slow_after, connect=1.0)
        )

    async def ask(self, line: OpenLine) -> Understood:
        """Raises BrainAway, BrainSlow or BrainSilent. Asking the same line twice is harmless: Rasa knows its number."""
        answer = await self._post(
            {
                "conversation": line.conversation,
                "line": line.id,
                "text": line.payload or line.text,
                "payload": line.payload is not None,
                "metadata": {"municipality": line.municipality, "language": line.language},
            }
        )
        if not answer["messages"]:
            raise BrainSilent
        parse = answer["parse"]
        return Understood(
            words=tuple(Words.from_json(message["custom"]) for message in answer["messages"]),
            topic=parse["topic"],
            confidence=parse["confidence"],
            ranking=tuple(parse["ranking"]),
            model=answer["model"],
        )

    async def wait_until_ready(self, seconds: float) -> bool:
        """Whether Rasa is there, tried for so many seconds."""
        end = asyncio.get_running_loop().time() + seconds
        while not await self.is_ready():
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(0.2)
        return True

    async def is_ready(self) -> bool:
        return (await self.health()).get("ready", False) is True

    async def health(self) -> dict[str, Any]:
        """What Rasa says of itself (ready, model, canaries, memory, start-up time); empty when it is away."""
        try:
            response = await self._client.get("/webhooks/trede/health")
        except httpx.TransportError:
            return {}
        return dict(response.json()) if response.status_code == 200 else {}

    async def forget(self, conversation: str) -> None:
        """Ask Rasa to wipe what it remembers. Not being there is no harm: it forgets by itself after a day."""
        try:
            await self._client.post("/webhooks/trede/forget", json={"conversation": conversation})
        except httpx.TransportError:
            return

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._client.post("/webhooks/trede/webhook", json=body)
        except (httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout) as error:
            raise BrainSlow from error
        except httpx.TransportError as error:
            raise BrainAway from error
        if response.status_code == 503:
            raise BrainAway
        if response.status_code != 200:
            raise BrainSilent
        return dict(response.json())
