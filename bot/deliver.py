"""The one way out: claim what is due, send it, settle it. Nothing is sent that is not on record."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from db.models import Channel
from db.session import Database
from services.calendar import in_words
from services.keys import Keys
from services.municipalities import get_municipality
from services.outbox import DueMessage, claim_due, retry_delay, settle_failed, settle_later, settle_sent
from services.phrases import Phrases
from services.ways import address_to_send
from services.words import Way

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Messages on their way at the same time; as many conversations, since each has one at a time."""
LOOK_EVERY = 1.0
"""Seconds between two looks when nobody rings: other processes write messages too."""
LAST_CHANCE = 5.0
"""Seconds that messages on their way get when the process stops; what is cut off is sent again after its lease."""


class Undelivered(Exception):
    """A message did not get through. `permanent`: it never will; `unreachable`: nothing else will either."""

    def __init__(
        self, code: str, permanent: bool = False, again_in: timedelta | None = None, unreachable: bool = False
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.again_in = again_in
        self.unreachable = unreachable


class Sender(Protocol):
    """A channel that pushes."""

    async def send(self, due: DueMessage, source_line: str | None) -> None:
        """Nothing when the channel took it, Undelivered when it did not."""


@dataclass
class Deliverer:
    """Many conversations side by side, one message of a conversation at a time, in order."""

    database: Database
    keys: Keys
    clock: Callable[[], datetime]
    senders: Mapping[Channel, Sender]
    public_url: str = ""
    """Where our pages are, for messages that lead to one; empty: they lead nowhere."""
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _on_their_way: set[asyncio.Task[None]] = field(default_factory=set)

    def wake(self) -> None:
        """There may be something to send. Called from the event loop; returns at once."""
        self._bell.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                self._bell.clear()
                await self._start_carefully()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), LOOK_EVERY)
        finally:
            await self._finish()

    async def deliver_due(self) -> None:
        """Send all that is due at this moment, and return when nothing is on its way any more."""
        while True:
            self._bell.clear()
            await self._start()
            if not self._on_their_way:
                return
            await self._bell.wait()

    async def _start_carefully(self) -> None:
        try:
            await self._start()
        except SQLAlchemyError as error:
            log.error("due messages cannot be read", extra={"why": type(error).__name__})

    async def _start(self) -> None:
        free = AT_ONCE - len(self._on_their_way)
        if free > 0:
            for due in await anyio.to_thread.run_sync(self._claim, free):
                task = asyncio.create_task(self._deliver(due))
                self._on_their_way.add(task)
                task.add_done_callback(self._arrived)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._on_their_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be settled", exc_info=error)
        self.wake()

    async def _finish(self) -> None:
        if self._on_their_way:
            _, cut_off = await asyncio.wait(self._on_their_way, timeout=LAST_CHANCE)
            for task in cut_off:
                task.cancel()

    async def _deliver(self, due: DueMessage) -> None:
        try:
            framed, source_line = await anyio.to_thread.run_sync(self._framed, due)
            await self.senders[due.channel].send(framed, source_line)
        except Undelivered as trouble:
            log.warning("not delivered", extra={"line": due.id, "why": trouble.code, "attempt": due.attempts})
            await anyio.to_thread.run_sync(self._settle_trouble, due, trouble)
        except Exception:
            # Whatever is wrong with this one, it waits its turn again and the others go on.
            log.exception("sending failed", extra={"line": due.id, "attempt": due.attempts})
            await anyio.to_thread.run_sync(self._settle_trouble, due, Undelivered("error"))
        else:
            await anyio.to_thread.run_sync(self._settle_sent, due)

    def _claim(self, limit: int) -> list[DueMessage]:
        with self.database.writing() as session:
            return claim_due(session, self.keys, self.name, self.clock(), limit, self.senders.keys())

    def _settle_sent(self, due: DueMessage) -> None:
        with self.database.writing() as session:
            settle_sent(session, due.id, self.name, self.clock())

    def _settle_trouble(self, due: DueMessage, trouble: Undelivered) -> None:
        now = self.clock()
        with self.database.writing() as session:
            if trouble.permanent:
                settle_failed(session, due.id, self.name, trouble.code, now, trouble.unreachable)
            else:
                again_at = now + (trouble.again_in or retry_delay(due.attempts))
                settle_later(session, due.id, self.name, trouble.code, again_at, now)

    def _framed(self, due: DueMessage) -> tuple[DueMessage, str | None]:
        """With the name of who speaks before it, when that is a colleague; and with the lines that come after it."""
        if due.way is not None:
            due = self._with_way(due, due.way)
        if not due.sender and not due.sources and not due.figures_date and not due.to_judge:
            return due, None
        with self.database.reading() as session:
            phrases = Phrases(session, get_municipality(session, due.municipality_id), due.language)
            if due.sender:
                due = replace(due, text=f"**{phrases.say('staff_says', naam=due.sender)}** {due.text}")
            if due.to_judge:
                due = replace(due, judge_labels=(phrases.say("button_right"), phrases.say("button_wrong")))
            return due, _source_line(due, phrases)

    def _with_way(self, due: DueMessage, way: Way) -> DueMessage:
        """Sending it once more makes another key: the link that was read last is the one that works."""
        with self.database.writing() as session:
            town = get_municipality(session, due.municipality_id)
            address = address_to_send(session, town, due.conversation_id, way, self.public_url, self.clock())
        return replace(due, text=f"{due.text}\n\n{way.label}: {address}") if address else due


def _source_line(due: DueMessage, phrases: Phrases) -> str | None:
    """`Bron: artikel 34 Participatiewet · bedragen per 1 juli 2026`"""
    parts = [f"{phrases.say('source_prefix')} {'; '.join(due.sources)}"] if due.sources else []
    if due.figures_date:
        parts.append(phrases.say("figures_per", datum=in_words(date.fromisoformat(due.figures_date), due.language)))
    return " · ".join(parts) or None
