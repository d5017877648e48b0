"""The open line to the list and to a conversation: what changes there, drawn by us, whoever changed it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from db.models import Role
from portal.conversations import number
from portal.conversations_asked import asked_for
from portal.conversations_open import Open
from portal.door import door_of
from portal.guard import page, still_here
from portal.staff import Staff
from services.conversation_list.page import PAGE
from services.errors import ConversationGone

PING_EVERY = 15
LONGEST = 240.0
"""Seconds; then the page connects again. Proxies cut what lasts longer."""
LOOK_EVERY = 20.0
"""Seconds: what is told in minutes changes without anything happening."""
LIST_EVERY = 1.0
"""Seconds between two looks at the list: in a busy municipality the bell hardly stops, and nobody reads faster."""
GATHER = 0.2
"""Seconds between two looks at the open conversation."""
ID = 18
"""Digits that the number of a conversation can have."""


async def open_stream(request: Request, staff: Staff) -> Response:
    given = request.query_params
    rows = tuple(found for one in given.get("rijen", "").split(",")[:PAGE] if (found := number(one, ID)))
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
    until, list_at = loop.time() + LONGEST, 0.0
    with opened.door.live.watch(opened.staff.municipality_id) as bell:
        while loop.time() < until:
            whole = loop.time() >= list_at
            if whole and not await run_sync(still_here, request, opened.staff):
                yield ServerSentEvent(event="uit", data="")
                return
            try:
                events = await run_sync(opened.look, whole)
            except ConversationGone:
                yield ServerSentEvent(event="opnieuw", data="")
                return
            except SQLAlchemyError:
                return  # the database is away for a moment; the page connects again
            for name, number_, html in events:
                yield ServerSentEvent(event=name, id=number_ if name == "bericht" else None, data=html)
            if whole:
                list_at = loop.time() + LIST_EVERY
            await asyncio.sleep(GATHER)
            # What rang while the list was left alone is looked at when it is its turn.
            await bell.wait(min(LOOK_EVERY if whole else list_at - loop.time(), until - loop.time()))


PAGES = (page("/gesprekken/stroom", open_stream, roles=Role.CASEWORKER, deed="watch_conversations", piece=True),)
