"""The one way out: claim what is due, send it, settle it. Nothing is sent that is not on record."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.models import Channel, Municipality
from db.session import Database
from services.calendar import in_words
from services.keys import Keys
from services.municipalities import get_municipality
from services.outbox import DueMessage, claim_due, pause_after, settle_failed, settle_later, settle_sent
from services.phrases import Phrases
from services.reminding.attempts import TOO_LATE
from services.ways import address_to_send
from services.words import Way

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Messages on their way at the same time; as many conversations, since each has one at a time."""
IN_A_ROW = 50
"""Reminders claimed together."""
LEFT_TO_SEND = timedelta(seconds=20)
"""Of its lease, for the slowest sending: with less, somebody else may send it at the same time."""
TOO_FAST = "too_fast"
LOOK_EVERY = 1.0
"""Seconds between two looks when nobody rings: other processes write messages too."""
LAST_CHANCE = 5.0
"""Seconds that messages on their way get when the process stops; what is cut off is sent again after its lease."""


class Undelivered(Exception):
    """A message did not get through. `permanent`: it never will; `unreachable`: nothing else will either."""

    def __init__(
        self,
        code: str,
        permanent: bool = False,
        again_in: timedelta | None = None,
        unreachable: bool = False,
        tried: bool = True,
    ) -> None:
        """`tried`: whether anything went out; not when it was kept back at our side."""
        super().__init__(code)
        self.tried = tried
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
    _on_their_way: set[asyncio.Task[Any]] = field(default_factory=set)
    _reminders: asyncio.Task[Any] | None = None
    """The row of reminders that is under way."""
    _pauses: dict[int, datetime] = field(default_factory=dict)
    """By municipality: until when its reminders wait."""

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
            found = await self._start()
            if self._on_their_way:
                await self._bell.wait()
            # What arrived while we looked may have let another message of its conversation go.
            elif not found and not self._bell.is_set():
                return

    async def _start_carefully(self) -> None:
        try:
            await self._start()
        except SQLAlchemyError as error:
            log.error("due messages cannot be read", extra={"why": type(error).__name__})

    async def _start(self) -> bool:
        """Whether anything was found to send."""
        free, claimed = AT_ONCE - len(self._on_their_way), list[DueMessage]()
        if free > 0:
            claimed = await anyio.to_thread.run_sync(self._claim, free, False)
            for due in claimed:
                self._send_off(self._deliver(due))
        batch = await anyio.to_thread.run_sync(self._claim, IN_A_ROW, True) if self._reminders is None else []
        if batch:
            self._reminders = self._send_off(self._deliver_in_a_row(batch))
        return bool(claimed or batch)

    def _send_off(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._on_their_way.add(task)
        task.add_done_callback(self._arrived)
        return task

    async def _deliver_in_a_row(self, batch: list[DueMessage]) -> None:
        """Reminders, one after the other: who is killed leaves at most one of them sent and not written down.

        When the channel asks to slow down, all that go over it wait.
        """
        for due in batch:
            if due.held_until is not None and self.clock() > due.held_until - LEFT_TO_SEND:
                return  # the rest are left to whoever takes them after the lease
            pause = self._pauses.get(due.municipality_id, now := self.clock()) - now
            if pause > timedelta():
                kept_back = Undelivered(TOO_FAST, again_in=pause, tried=False)
                await anyio.to_thread.run_sync(self._settle_trouble, due, kept_back)
                continue
            trouble = await self._deliver(due)
            if trouble is not None and trouble.code == TOO_FAST and trouble.again_in is not None:
                self._pauses[due.municipality_id] = self.clock() + trouble.again_in

    def _arrived(self, task: asyncio.Task[Any]) -> None:
        self._on_their_way.discard(task)
        if task is self._reminders:
            self._reminders = None
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be settled", exc_info=error)
        self.wake()

    async def _finish(self) -> None:
        if self._on_their_way:
            _, cut_off = await asyncio.wait(self._on_their_way, timeout=LAST_CHANCE)
            for task in cut_off:
                task.cancel()

    async def _deliver(self, due: DueMessage) -> Undelivered | None:
        """What went wrong, if anything; it is settled then."""
        try:
            if due.useful_until is not None and self.clock() >= due.useful_until:
                raise Undelivered(TOO_LATE, permanent=True, tried=False)
            framed, source_line = due, None
            if _has_frame(due):
                framed, source_line = await anyio.to_thread.run_sync(self._framed, due)
            await self.senders[due.channel].send(framed, source_line)
        except Undelivered as trouble:
            log.warning("not delivered", extra={"line": due.id, "why": trouble.code, "attempt": due.attempts})
            await anyio.to_thread.run_sync(self._settle_trouble, due, trouble)
            return trouble
        except Exception:
            # Whatever is wrong with this one, it waits its turn again and the others go on.
            log.exception("sending failed", extra={"line": due.id, "attempt": due.attempts})
            await anyio.to_thread.run_sync(self._settle_trouble, due, Undelivered("error"))
        else:
            await anyio.to_thread.run_sync(self._settle_sent, due)
        return None

    def _claim(self, limit: int, reminders: bool) -> list[DueMessage]:
        with self.database.writing() as session:
            now, channels = self.clock(), self.senders.keys()
            claimed = claim_due(session, self.keys, self.name, now, limit, channels, reminders)
            # What was claimed is still at hand, and is written down in one go when each has its address.
            with session.no_autoflush:
                numbers = {due.municipality_id for due in claimed if due.way}
                towns = {number: get_municipality(session, number) for number in numbers}
                return [self._with_way(session, towns, due, due.way) if due.way else due for due in claimed]

    def _settle_sent(self, due: DueMessage) -> None:
        with self.database.writing() as session:
            settle_sent(session, due.id, self.name, self.clock())

    def _settle_trouble(self, due: DueMessage, trouble: Undelivered) -> None:
        now = self.clock()
        with self.database.writing() as session:
            if trouble.permanent:
                settle_failed(session, due.id, self.name, trouble.code, now, trouble.unreachable)
            else:
                again_at = now + (trouble.again_in or pause_after(session, due))
                settle_later(session, due.id, self.name, trouble.code, again_at, now, trouble.tried)

    def _framed(self, due: DueMessage) -> tuple[DueMessage, str | None]:
        """With the name of who speaks before it, when that is a colleague; and with the lines that come after it."""
        with self.database.reading() as session:
            phrases = Phrases(session, get_municipality(session, due.municipality_id), due.language)
            if due.sender:
                due = replace(due, text=f"**{phrases.say('staff_says', naam=due.sender)}** {due.text}")
            if due.to_judge:
                due = replace(due, judge_labels=(phrases.say("button_right"), phrases.say("button_wrong")))
            return due, _source_line(due, phrases)

    def _with_way(self, session: Session, towns: Mapping[int, Municipality], due: DueMessage, way: Way) -> DueMessage:
        """Sending it once more makes another key."""
        town, now = towns[due.municipality_id], self.clock()
        address = address_to_send(session, town, due.conversation_id, way, self.public_url, now)
        return replace(due, text=f"{due.text}\n\n{way.label}: {address}") if address else due


def _has_frame(due: DueMessage) -> bool:
    return bool(due.sender or due.sources or due.figures_date or due.to_judge)


def _source_line(due: DueMessage, phrases: Phrases) -> str | None:
    """`Bron: artikel 34 Participatiewet · bedragen per 1 juli 2026`"""
    parts = [f"{phrases.say('source_prefix')} {'; '.join(due.sources)}"] if due.sources else []
    if due.figures_date:
        parts.append(phrases.say("figures_per", datum=in_words(date.fromisoformat(due.figures_date), due.language)))
    return " · ".join(parts) or None
