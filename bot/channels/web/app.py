"""The web chat as one application: `make_app(door)`."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.channels.web.appointment import send_calendar_file
from bot.channels.web.assets import ASSETS
from bot.channels.web.calculation import list_calculations, show_calculation
from bot.channels.web.calculation_deeds import change_calculation
from bot.channels.web.chat import show_chat, show_news
from bot.channels.web.checklist import show_checklist
from bot.channels.web.checklist_deeds import change_checklist
from bot.channels.web.door import WebDoor
from bot.channels.web.judging import post_judgement
from bot.channels.web.letter import show_letter
from bot.channels.web.line import post_line
from bot.channels.web.pages import accessibility, choose, http_error, not_found, privacy, server_error
from bot.channels.web.stream import open_stream
from bot.channels.web.theme import serve_theme
from bot.channels.web.wipe import ask_wipe, wipe
from pages.headers import SafeHeaders
from services.errors import UnknownMunicipality

__all__ = ["WebDoor", "make_app"]

ROUTES = (
    Route("/", choose),
    Route("/static/{digest}/{path:path}", ASSETS.serve),
    Route("/{slug}", show_chat),
    Route("/{slug}/regel", post_line, methods=["POST"]),
    Route("/{slug}/klopt", post_judgement, methods=["POST"]),
    Route("/{slug}/stroom", open_stream),
    Route("/{slug}/berichten", show_news),
    Route("/{slug}/wis", ask_wipe),
    Route("/{slug}/wis", wipe, methods=["POST"]),
    Route("/{slug}/berekeningen", list_calculations),
    Route("/{slug}/berekening/{calculation}", show_calculation),
    Route("/{slug}/berekening/{calculation}", change_calculation, methods=["POST"]),
    Route("/{slug}/afspraak/{appointment}.ics", send_calendar_file),
    Route("/{slug}/checklist", show_checklist),
    Route("/{slug}/checklist", change_checklist, methods=["POST"]),
    Route("/{slug}/bericht/{key}", show_letter),
    Route("/{slug}/privacy", privacy),
    Route("/{slug}/toegankelijkheid", accessibility),
    Route("/{slug}/thema.css", serve_theme),
)


def make_app(door: WebDoor) -> Starlette:
    """May stand alone or be mounted; it needs no start-up of its own."""
    ASSETS.all  # noqa: B018  a missing file is noticed now, not by the first resident
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SafeHeaders, secure=door.secure_cookies)],
        exception_handlers={
            UnknownMunicipality: not_found,
            HTTPException: http_error,
            Exception: server_error,
        },
    )
    app.state.door = door
    return app
