"""The pages around the chat: choose a municipality, privacy, accessibility, and what went wrong."""

import logging

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.door import door_of
from bot.channels.web.render import render
from bot.channels.web.session import speaking, web_session
from db.models import Municipality
from pages.headers import add_safe_headers
from services.errors import UnknownMunicipality
from services.municipalities import find_municipality, library, list_municipalities
from services.phrases import DEFAULT_LANGUAGE, Phrases

log = logging.getLogger(__name__)


async def choose(request: Request) -> Response:
    def draw() -> str:
        with door_of(request).database.reading() as db:
            return render("kies.html", Phrases(db, library(db), DEFAULT_LANGUAGE), towns=list_municipalities(db))

    return HTMLResponse(await run_sync(draw))


async def privacy(request: Request) -> Response:
    return await _text_page(request, "privacy")


async def accessibility(request: Request) -> Response:
    return await _text_page(request, "accessibility")


async def _text_page(request: Request, about: str) -> Response:
    """A page of one text: the phrases `..._text`, or `..._text.1` and on."""
    door, session = door_of(request), web_session(request)

    def draw() -> str:
        with door.database.reading() as db:
            _, phrases = speaking(db, door, session, request.path_params["slug"])
            texts = [phrases.say(key) for key in sorted(phrases.keys_with(f"{about}_text"))]
            return render("tekst.html", phrases, title=phrases.say(f"{about}_title"), texts=texts)

    return HTMLResponse(await run_sync(draw))


async def not_found(request: Request, _error: Exception) -> Response:
    return await _error_page(request, "error_not_found", 404)


async def http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await _error_page(request, "error_not_found" if status < 500 else "error_server", status)


async def server_error(request: Request, error: Exception) -> Response:
    """The error itself is logged by the server; here a person reads what to do now."""
    try:
        response = await _error_page(request, "error_server", 500)
    except Exception as second:  # without the database there are no words; say at least that it failed
        log.error("the error page could not be drawn: %s", type(second).__name__)
        response = Response(status_code=500)
    # This one is made outside of all middleware.
    add_safe_headers(response.headers, door_of(request).secure_cookies)
    return response


async def _error_page(request: Request, key: str, status: int) -> Response:
    def draw() -> str:
        with door_of(request).database.reading() as db:
            town = _town_of(db, request)
            here = town is not None and town.slug == request.path_params.get("slug")
            return render("fout.html", Phrases(db, town or library(db), DEFAULT_LANGUAGE), message=key, here=here)

    return HTMLResponse(await run_sync(draw), status)


def _town_of(db: Session, request: Request) -> Municipality | None:
    try:
        return find_municipality(db, request.path_params.get("slug", ""))
    except UnknownMunicipality:
        return None
