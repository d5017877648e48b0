"""The open line to the list and to a conversation: what changes there, drawn by us, whoever changed it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from db.models import Conversation, Role
from portal.conversations import BESIDE, number
from portal.conversations_asked import Asked, asked_for
from portal.door import PortalDoor, door_of
from portal.guard import page, still_here
from portal.render import render
from portal.snoozing import snoozes
from portal.staff import Staff
from services.calendar import day_here
from services.callbacks import open_callback
from services.conversation_list.order import View
from services.conversation_list.page import PAGE, count_waiting, first_ids, rows_now
from services.errors import ConversationGone
from services.reading.said import Said
from services.reading.transcript import newer_conversation, said_after

PING_EVERY = 15
LONGEST = 240.0
"""Seconds; then the page connects again. Proxies cut what lasts longer."""
LOOK_EVERY = 30.0
"""Seconds: what is told in minutes changes without anything happening."""
GATHER = 0.2
"""Seconds between two looks: in a busy municipality the bell hardly stops."""
AS_WELL = timedelta(minutes=1)
"""What changed so long before the page was drawn may have been written down after it."""
MOST_ROWS = PAGE
ID = 18
"""Digits that the number of a conversation can have."""

type Event = tuple[str, str, str]
"""Its name, its number and its HTML."""


@dataclass
class Open:
    """One open page, and what it has been sent so far."""

    door: PortalDoor
    staff: Staff
    asked: Asked
    rows: tuple[int, ...]
    beginning: bool
    """Whether it shows the first page of its list, where new ones come."""
    conversation: int | None
    after: int
    since: datetime
    """When the page was drawn: what changed later it has not shown, also when it connects again after an hour."""
    drawn: dict[str, str] = field(default_factory=dict)
    last_day: date | None = None
    """Of the last message on the page."""

    def look(self) -> list[Event]:
        """What is different from what the page shows. Raises ConversationGone when what it shows is no more."""
        now = self.door.clock()
        with self.door.database.reading() as session:
            events = [*self._rows(session, now), *self._around(session)]
            if self.conversation is not None:
                events += self._conversation(session, self.conversation, now)
        return events

    def _rows(self, session: Session, now: datetime) -> list[Event]:
        rows = {row.id: row for row in rows_now(session, self.staff.municipality_id, self.rows)}
        events = []
        for row_id in self.rows:
            name = f"g{row_id}"
            if row_id not in rows:
                html = render("gesprek_weg.html", id=row_id)
                fresh = True
            else:
                row = rows[row_id]
                html = render("gesprek_rij.html", row=row, asked=self.asked, now=now, open=self.conversation)
                fresh = row.waits_since is not None or self._is_later(row.changed_at)
            if self._is_new(name, html, fresh):
                events.append(("rij", name, html))
        return events

    def _around(self, session: Session) -> list[Event]:
        """The counts above the list, and how many would stand in it that are not on the page."""
        town, account = self.staff.municipality_id, self.staff.account_id
        counts = render(
            "gesprekken_delen.html", asked=self.asked, counts=count_waiting(session, town, account), View=View
        )
        events: list[Event] = [("delen", "", counts)] if self._is_new("delen", counts, True) else []
        if self.beginning and not self.asked.filters.words:
            size = PAGE if self.conversation is None else BESIDE
            there = first_ids(session, town, account, self.asked.filters, size)
            new = len(set(there) - set(self.rows))
            told = f"{new} nieuw" if new else ""
            if self._is_new("nieuw", told, bool(new)):
                events.append(("nieuw", "", told))
        return events

    def _conversation(self, session: Session, conversation_id: int, now: datetime) -> list[Event]:
        """What was said, and who has it. Raises ConversationGone when it was wiped: then nothing of it may stay."""
        rows = rows_now(session, self.staff.municipality_id, [conversation_id])
        since = said_after(session, self.door.figures, self.staff.municipality_id, conversation_id, self.after - 1)
        if not rows or (self.after and (not since or since[0].seq != self.after)):
            raise ConversationGone
        if self.last_day is None and since:
            self.last_day = day_here(since[0].at)
        events = [self._message(said, now) for said in since if said.seq > self.after]
        conversation = session.get_one(Conversation, conversation_id)
        shown = {
            "row": rows[0],
            "conversation": conversation,
            "newer": newer_conversation(session, conversation),
            "promise": open_callback(session, conversation),
            "snoozes": snoozes(now),
            "asked": self.asked,
            "staff": self.staff,
            "csrf": self.staff.csrf,
            "now": now,
        }
        for name in ("stand", "daden"):
            html = render(f"gesprek_{name}.html", **shown)
            if self._is_new(name, html, self._is_later(rows[0].changed_at)):
                events.append((name, "", html))
        return events

    def _message(self, said: Said, now: datetime) -> Event:
        day = day_here(said.at)
        html = render("gesprek_bericht.html", said=said, new_day=day != self.last_day, staff=self.staff, now=now)
        self.last_day, self.after = day, said.seq
        return "bericht", str(said.seq), html

    def _is_later(self, changed_at: datetime) -> bool:
        return changed_at > self.since - AS_WELL

    def _is_new(self, name: str, html: str, fresh: bool) -> bool:
        """Whether it has to be sent; at the first look only what may be newer than the page."""
        before = self.drawn.get(name)
        self.drawn[name] = html
        return fresh if before is None else before != html


async def open_stream(request: Request, staff: Staff) -> Response:
    given = request.query_params
    rows = tuple(found for one in given.get("rijen", "").split(",")[:MOST_ROWS] if (found := number(one, ID)))
    opened = Open(
        door=door_of(request),
        staff=staff,
        asked=asked_for(given),
        rows=rows,
        beginning="verder" not in given,
        conversation=number(given.get("gesprek", ""), ID),
        since=datetime.fromtimestamp(number(given.get("sinds", ""), 10) or 0, UTC),
        after=number(request.headers.get("last-event-id", "")) or number(given.get("bericht", "")) or 0,
    )
    return EventSourceResponse(_events(request, opened), ping=PING_EVERY, send_timeout=30)


async def _events(request: Request, opened: Open) -> AsyncIterator[ServerSentEvent]:
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    with opened.door.live.watch(opened.staff.municipality_id) as bell:
        while loop.time() < until:
            if not await run_sync(still_here, request, opened.staff):
                yield ServerSentEvent(event="uit", data="")
                return
            try:
                events = await run_sync(opened.look)
            except ConversationGone:
                yield ServerSentEvent(event="opnieuw", data="")
                return
            except SQLAlchemyError:
                return  # the database is away for a moment; the page connects again
            for name, number_, html in events:
                yield ServerSentEvent(event=name, id=number_ if name == "bericht" else None, data=html)
            await asyncio.sleep(GATHER)
            await bell.wait(min(LOOK_EVERY, until - loop.time()))


PAGES = (page("/gesprekken/stroom", open_stream, roles=Role.CASEWORKER, deed="watch_conversations", piece=True),)
