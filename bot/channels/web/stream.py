"""The open line to a page: every message after the last one it has, from the database, whoever wrote it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from anyio.to_thread import run_sync
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.chat import drawn_after, wanted
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.session import WebSession, conversation_tag, web_session
from pages.live import Bell
from services.municipalities import find_municipality

PING_EVERY = 15
LONGEST = 240.0
"""Seconds; then the page connects again. Proxies cut what lasts longer, and a moved session is noticed."""
GIVE_UP_SENDING = 30.0


@dataclass(frozen=True)
class Watched:
    """What one page looks at."""

    session: WebSession
    slug: str
    tag: str


async def open_stream(request: Request) -> Response:
    door = door_of(request)
    after, tag = wanted(request)
    watched = Watched(web_session(request), request.path_params["slug"], tag)
    return EventSourceResponse(
        _events(door, watched, after),
        ping=PING_EVERY,
        # A named event, not a comment: the page itself must see that the line is alive.
        ping_message_factory=lambda: ServerSentEvent(event="tik", data=""),
        send_timeout=GIVE_UP_SENDING,
        sep="\n",
    )


async def _events(door: WebDoor, watched: Watched, after: int) -> AsyncIterator[ServerSentEvent]:
    conversation_id = await run_sync(_conversation_id, door, watched)
    if conversation_id is None:
        yield ServerSentEvent(event="opnieuw", data="")
        return
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    with door.live.listen(conversation_id, watched.session.seat(door.keys)) as bell:
        async for event in _news(door, watched, after, bell, until):
            yield event


async def _news(
    door: WebDoor, watched: Watched, after: int, bell: Bell, until: float
) -> AsyncIterator[ServerSentEvent]:
    loop = asyncio.get_running_loop()
    while loop.time() < until:
        if bell.crowded:
            yield ServerSentEvent(event="plaats", data="")
            return
        news = await run_sync(_read, door, watched, after)
        if news is None:
            yield ServerSentEvent(event="opnieuw", data="")
            return
        for seq, html in news:
            yield ServerSentEvent(id=str(seq), data=html)
            after = seq
        await bell.wait(until - loop.time())


def _conversation_id(door: WebDoor, watched: Watched) -> int | None:
    with door.database.reading() as db:
        town = find_municipality(db, watched.slug)
        conversation = watched.session.conversation(db, door.keys, town, door.clock())
        return None if conversation is None else conversation.id


def _read(door: WebDoor, watched: Watched, after: int) -> list[tuple[int, str]] | None:
    """None when the page shows a conversation that is no more: wiped, or ended."""
    with door.database.reading() as db:
        town, now = find_municipality(db, watched.slug), door.clock()
        conversation = watched.session.conversation(db, door.keys, town, now)
        if conversation is None or conversation_tag(door.keys, conversation) != watched.tag:
            return None
        return drawn_after(db, conversation, town, after, now, watched.session.csrf(door.keys))
