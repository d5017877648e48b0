"""The page of a calculation: for the browser in which it was asked for, and for who has a link that still holds."""

from dataclasses import dataclass
from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, keep_session, speaking, web_session
from db.models import Calculation, Municipality
from pages.calculation_chart import draw_chart
from services.calculations import LINK_HOLDS, find_by_link, find_own, list_saved, page_path
from services.calendar import day_and_time, day_here, in_words
from services.errors import LinkOver, UnknownCalculation
from services.income_view.amounts import hours
from services.income_view.sheet import sheet_of
from services.municipalities import find_municipality
from services.phrases import Phrases


@dataclass(frozen=True)
class Found:
    """`key`: that of the link by which it was reached; empty in the browser in which it was asked for."""

    calculation: Calculation
    key: str


@dataclass(frozen=True)
class Saved:
    """A line of the list."""

    path: str
    label: str


async def show_calculation(request: Request) -> Response:
    return await calculation_page(request, web_session(request), request.query_params.get("sleutel", ""))


async def calculation_page(
    request: Request, session: WebSession, key: str, fault: str | None = None, status: int = 200
) -> Response:
    door, slug, public_id = door_of(request), request.path_params["slug"], request.path_params["calculation"]

    def draw() -> tuple[str, int]:
        with door.database.reading() as db:
            try:
                found = find(db, door, session, find_municipality(db, slug), public_id, key)
            except LinkOver:
                return _gone(db, door, session, slug), 404
            return _draw(db, door, session, slug, found, fault), status

    html, code = await run_sync(draw)
    return kept_out_of_sight(HTMLResponse(html, code), door, session)


def find(db: Session, door: WebDoor, session: WebSession, town: Municipality, public_id: str, key: str) -> Found:
    """Raises LinkOver when it is neither of this browser nor reached by a link that holds."""
    try:
        return Found(find_own(db, door.keys, session.address(town), public_id), "")
    except UnknownCalculation:
        return Found(find_by_link(db, town.id, public_id, key, door.clock()), key)


def _draw(db: Session, door: WebDoor, session: WebSession, slug: str, found: Found, fault: str | None) -> str:
    calculation = found.calculation
    phrases = _phrases(db, door, session, slug, calculation)
    scenario, outcome, shown_at = calculation.scenario or {}, calculation.outcome or {}, calculation.shown_at
    sheet = sheet_of(scenario, outcome, day_here(shown_at or door.clock()), phrases)
    return render(
        "berekening.html", phrases, sheet=sheet, chart=draw_chart(sheet.line) if sheet.line else None,
        csrf=session.csrf(door.keys), key=found.key, fault=fault, path=page_path(slug, calculation),
        link_until=_moment(calculation.link_until, phrases) if found.key else None,
        saved=calculation.saved_at is not None, shared=_day(calculation.shared_at, phrases),
    )  # fmt: skip


def _phrases(db: Session, door: WebDoor, session: WebSession, slug: str, calculation: Calculation) -> Phrases:
    """In the language of the chat of this browser; without a chat in that in which it was shown."""
    conversation, phrases = speaking(db, door, session, slug)
    if conversation is not None:
        return phrases
    return Phrases(db, phrases.municipality, (calculation.outcome or {}).get("language", phrases.language))


async def list_calculations(request: Request) -> Response:
    door, session, slug = door_of(request), web_session(request), request.path_params["slug"]

    def draw() -> str:
        with door.database.reading() as db:
            _, phrases = speaking(db, door, session, slug)
            found = list_saved(db, door.keys, session.address(phrases.municipality))
            return render("berekeningen.html", phrases, saved=[_saved(slug, one, phrases) for one in found])

    return kept_out_of_sight(HTMLResponse(await run_sync(draw)), door, session)


def _saved(slug: str, calculation: Calculation, phrases: Phrases) -> Saved:
    asked = " - ".join(hours(at) for at in (calculation.outcome or {}).get("asked", ()))
    told = phrases.say("calculation_list_of", uren=asked or "0", datum=_day(calculation.shown_at, phrases) or "")
    return Saved(page_path(slug, calculation), told)


def _gone(db: Session, door: WebDoor, session: WebSession, slug: str) -> str:
    _, phrases = speaking(db, door, session, slug)
    return render("berekening_weg.html", phrases, hours=str(int(LINK_HOLDS.total_seconds() // 3600)))


def kept_out_of_sight(response: Response, door: WebDoor, session: WebSession) -> Response:
    """A page with somebody's amounts stands in no search engine, whatever links to it."""
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    keep_session(response, door, session)
    return response


def _day(moment: datetime | None, phrases: Phrases) -> str | None:
    return in_words(day_here(moment), phrases.language) if moment else None


def _moment(moment: datetime | None, phrases: Phrases) -> str | None:
    return day_and_time(moment, phrases.language) if moment else None
