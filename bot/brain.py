"""Client of Rasa: a line is put to one Rasa, and to the next when that one fails. Every failure has its own name."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.rasas import BrainAway, BrainError, BrainSilent, BrainSlow, Rasa, in_order
from services.answering import OpenLine
from services.words import Words

__all__ = ["Brain", "BrainAway", "BrainError", "BrainSilent", "BrainSlow", "Understood"]

SLOW_AFTER = 3.0
"""Seconds after which a resident gets an apology instead of silence; all Rasas together get no more."""
RETURNS_WITHIN = 3.0
"""Seconds that a line waits for Rasa to come back before the delay is told: a restart is often over by then."""
MEANS_MOST = (BrainSilent, BrainSlow, BrainAway)


@dataclass(frozen=True)
class Understood:
    """How a line was understood, and what to say. `ranking`: topics with confidence (0 to 1), likeliest first.

    `second`: the topic of another request in the same line, which the words offer. `asking`: a form is open, so the
    last of the words are a question.
    """

    words: tuple[Words, ...]
    topic: str
    confidence: float
    ranking: tuple[dict[str, Any], ...]
    model: str
    second: str | None = None
    asking: bool = False


class Brain:
    """`urls`: those of Rasa on the private network, with commas in between; `token` is shared with all of them.

    A conversation goes to the same one as long as that one is there. Several of them share their memory (Redis), so
    that another one can go on where it stopped.
    """

    def __init__(
        self,
        urls: str,
        token: str,
        slow_after: float = SLOW_AFTER,
        failed: Callable[[BrainError], None] = lambda _error: None,
    ) -> None:
        self._rasas = [Rasa(url.strip(), token) for url in urls.split(",") if url.strip()]
        self._slow_after = slow_after
        self._failed = failed
        """Called with every failure of one Rasa, also when the next one then answers."""

    async def ask(self, line: OpenLine) -> Understood:
        """Raises BrainAway, BrainSlow or BrainSilent. Asking the same line twice is harmless: Rasa knows its number."""
        answer = await self._ask_one_after_the_other(
            {
                "conversation": line.conversation,
                "line": line.id,
                "text": line.payload or line.text,
                "payload": line.payload is not None,
                "metadata": {"municipality": line.municipality, "language": line.language},
            }
        )
        parse = answer["parse"]
        return Understood(
            words=tuple(Words.from_json(message["custom"]) for message in answer["messages"]),
            topic=parse["topic"],
            confidence=parse["confidence"],
            ranking=tuple(parse["ranking"]),
            model=answer["model"],
            second=parse.get("second"),
            asking=answer.get("form") is not None,
        )

    async def _ask_one_after_the_other(self, body: dict[str, Any]) -> dict[str, Any]:
        clock = asyncio.get_running_loop().time
        until = clock() + self._slow_after
        rasas = in_order(self._rasas, body["conversation"])
        errors: list[BrainError] = []
        for others_left, rasa in zip(reversed(range(len(rasas))), rasas, strict=True):
            left = until - clock()
            try:
                # One that hangs may not use up the time in which another would have answered.
                return await rasa.turn(body, left / 2 if others_left else left)
            except BrainError as error:
                self._failed(error)
                errors.append(error)
        raise next((e for kind in MEANS_MOST for e in errors if isinstance(e, kind)), BrainAway())

    async def wait_until_ready(self, seconds: float) -> bool:
        """Whether a Rasa is there, tried for so many seconds."""
        end = asyncio.get_running_loop().time() + seconds
        while not await self.is_ready():
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(0.2)
        return True

    async def is_ready(self) -> bool:
        """Whether at least one of them can answer."""
        return any(health.get("ready") is True for health in (await self.healths()).values())

    async def healths(self) -> dict[str, dict[str, Any]]:
        """What each of them says of itself, by address; empty for one that is away."""
        told = await asyncio.gather(*(rasa.health() for rasa in self._rasas))
        return {rasa.url: health for rasa, health in zip(self._rasas, told, strict=True)}

    async def forget(self, conversation: str) -> None:
        """Have their common memory wiped, by one of them. When none is there it goes by itself, after two days."""
        for rasa in in_order(self._rasas, conversation):
            if await rasa.forget(conversation):
                return

    async def close(self) -> None:
        await asyncio.gather(*(rasa.close() for rasa in self._rasas))
