"""Wake open pages when something was written in what they show, by this process or another."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import anyio.to_thread
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.models import Conversation
from db.session import Database

type State = tuple[int, str]
type Changes = tuple[tuple[int, datetime], ...]

LOOK_EVERY = 0.25
"""Seconds. What another process wrote is on a page well within one; docs/adr/0011 tells why nobody is notified."""
NEWEST = 20
"""Conversations by which a list sees that something changed. Not only the last: clocks of machines differ a little."""
SEATS = 2
"""Open streams a session may have; browsers keep six connections to a host, and dead ones linger."""


class Bell:
    """One waiting page. `crowded` tells that a newer page of the same session took its place."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.crowded = False

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when rung, or after that many seconds."""
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()


class Live:
    """The bells of this process. One query every `interval` seconds, for all open pages together, hears the others."""

    def __init__(self, database: Database, interval: float = LOOK_EVERY) -> None:
        self._database = database
        self._interval = interval
        self._bells: dict[int, set[Bell]] = {}
        self._town_bells: dict[int, set[Bell]] = {}
        self._seats: dict[str, list[Bell]] = {}
        self._known: dict[int, State] = {}
        self._town_known: dict[int, Changes] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poller: asyncio.Task[None] | None = None

    def ring(self, conversation_id: int) -> None:
        """Something was written there. May be called from any thread, after the commit."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring, conversation_id)

    @property
    def open_pages(self) -> int:
        return sum(len(bells) for watched in (self._bells, self._town_bells) for bells in watched.values())

    @contextmanager
    def listen(self, conversation_id: int, seat: str | None = None) -> Iterator[Bell]:
        """A bell that rings from now on. With a `seat` (the session), the oldest page makes room for a third."""
        bell = Bell()
        self._bells.setdefault(conversation_id, set()).add(bell)
        if seat is not None:
            self._sit(seat, bell)
        self._keep_polling()
        try:
            yield bell
        finally:
            self._leave(conversation_id, seat, bell)

    @contextmanager
    def watch(self, municipality_id: int) -> Iterator[Bell]:
        """A bell that rings when anything was written in any conversation of this municipality, or of another one."""
        bell = Bell()
        self._town_bells.setdefault(municipality_id, set()).add(bell)
        self._keep_polling()
        try:
            yield bell
        finally:
            self._town_bells[municipality_id].discard(bell)
            if not self._town_bells[municipality_id]:
                del self._town_bells[municipality_id]
                self._town_known.pop(municipality_id, None)

    def _sit(self, seat: str, bell: Bell) -> None:
        seated = self._seats.setdefault(seat, [])
        seated.append(bell)
        for oldest in seated[:-SEATS]:
            oldest.crowded = True
            oldest.ring()

    def _leave(self, conversation_id: int, seat: str | None, bell: Bell) -> None:
        self._bells[conversation_id].discard(bell)
        if not self._bells[conversation_id]:
            del self._bells[conversation_id]
            self._known.pop(conversation_id, None)
        if seat is not None:
            self._seats[seat].remove(bell)
            if not self._seats[seat]:
                del self._seats[seat]

    def _ring(self, conversation_id: int) -> None:
        for bell in self._bells.get(conversation_id, ()):
            bell.ring()
        # Whose conversation it is we do not know here; a list looks again and finds nothing new.
        for bells in self._town_bells.values():
            for bell in bells:
                bell.ring()

    def _keep_polling(self) -> None:
        """The poller belongs to the loop on which pages are open; it starts with the first and ends after the last."""
        loop = asyncio.get_running_loop()
        if self._poller is None or self._poller.done() or self._loop is not loop:
            self._loop = loop
            self._poller = loop.create_task(self._poll())

    async def _poll(self) -> None:
        while self._bells or self._town_bells:
            await asyncio.sleep(self._interval)
            watched, towns = list(self._bells), list(self._town_bells)
            try:
                states, changes = await anyio.to_thread.run_sync(self._look, watched, towns)
            except SQLAlchemyError:
                continue  # the database is away for a moment; the pages wait with us
            self._compare(watched, states)
            self._compare_towns(changes)

    def _compare(self, watched: Sequence[int], states: dict[int, State]) -> None:
        for conversation_id in watched:
            state = states.get(conversation_id, (0, ""))
            # Also at the first look: something may have come between the page's own reading and this.
            if conversation_id in self._bells and self._known.get(conversation_id) != state:
                self._known[conversation_id] = state
                self._ring(conversation_id)

    def _compare_towns(self, changes: dict[int, Changes]) -> None:
        for town, changed in changes.items():
            if town in self._town_bells and self._town_known.get(town) != changed:
                self._town_known[town] = changed
                for bell in self._town_bells[town]:
                    bell.ring()

    def _look(self, ids: Sequence[int], towns: Sequence[int]) -> tuple[dict[int, State], dict[int, Changes]]:
        with self._database.reading() as session:
            return _read_states(session, ids), {town: _last_changes(session, town) for town in towns}


def _read_states(session: Session, ids: Sequence[int]) -> dict[int, State]:
    query = select(Conversation.id, Conversation.last_seq, Conversation.public_id).where(Conversation.id.in_(ids))
    return {row.id: (row.last_seq, row.public_id) for row in session.execute(query)} if ids else {}


def _last_changes(session: Session, municipality_id: int) -> Changes:
    query = select(Conversation.id, Conversation.changed_at).where(Conversation.municipality_id == municipality_id)
    newest = query.order_by(Conversation.changed_at.desc(), Conversation.id.desc()).limit(NEWEST)
    return tuple((row.id, row.changed_at) for row in session.execute(newest))
