"""The page of what to arrange: every thing with who, before when, a tick and a reminder. Works without JavaScript."""

from datetime import timedelta

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, keep_session, speaking, web_session
from services.calendar import day_here
from services.checklist.entries import read_entries
from services.checklist.keep import START_WITHIN
from services.checklist.view import sheet_of
from services.reminding.moments import FURTHEST


async def show_checklist(request: Request) -> Response:
    return await checklist_page(request, web_session(request))


async def checklist_page(
    request: Request, session: WebSession, fault: str | None = None, at: str = "", status: int = 200
) -> Response:
    """`fault` is the key of a sentence, `at` the thing that it is about."""
    door, slug = door_of(request), request.path_params["slug"]

    def draw() -> str:
        with door.database.reading() as db:
            return _draw(db, door, session, slug, fault, at)

    response = HTMLResponse(await run_sync(draw), status)
    keep_session(response, door, session)
    return response


def _draw(db: Session, door: WebDoor, session: WebSession, slug: str, fault: str | None, at: str) -> str:
    conversation, phrases = speaking(db, door, session, slug)
    today = day_here(door.clock())
    entries = read_entries(db, conversation) if conversation is not None else []
    until = conversation.needed_until if conversation is not None else None
    return render(
        "lijst.html",
        phrases,
        sheet=sheet_of(db, door.figures, phrases, entries, today, until) if entries else None,
        csrf=session.csrf(door.keys),
        fault=fault,
        at=at,
        first=(today + timedelta(days=1)).isoformat(),
        last=(today + FURTHEST - timedelta(days=1)).isoformat(),
        start_first=(today - START_WITHIN).isoformat(),
        start_last=(today + START_WITHIN).isoformat(),
    )
