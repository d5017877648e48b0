"""Save a calculation in the list of this browser, share it with the caseworker, and take both back."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.calculation import calculation_page, find, kept_out_of_sight
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.session import WebSession, is_cross_site, web_session
from db.models import Calculation
from pages.form import BodyTooLarge, read_form
from services.calculations import page_path, save, share, unsave, unshare
from services.errors import LinkOver
from services.municipalities import find_municipality

DEEDS: dict[str, Callable[[Calculation, datetime], None]] = {
    "bewaar": save,
    "haal_weg": unsave,
    "deel": share,
    "niet_delen": unshare,
}
OF_THIS_BROWSER = {"bewaar", "haal_weg"}
"""Not for who came by a link: the list is that of the browser in which it was asked for."""


async def change_calculation(request: Request) -> Response:
    door, session = door_of(request), web_session(request)
    try:
        form = await read_form(request)
    except BodyTooLarge:
        form = {}
    key = form.get("sleutel", "")
    if is_cross_site(request) or not session.csrf_holds(door.keys, form.get("csrf", "")):
        return await calculation_page(request, session, key, fault="calculation_expired", status=403)
    try:
        path = await run_sync(_do, request, door, session, form.get("daad", ""), key)
    except LinkOver:
        return await calculation_page(request, session, key)
    return kept_out_of_sight(RedirectResponse(path, 303), door, session)


def _do(request: Request, door: WebDoor, session: WebSession, deed: str, key: str) -> str:
    """Where to go after it. What is no deed of ours changes nothing."""
    slug, public_id = request.path_params["slug"], request.path_params["calculation"]
    with door.database.writing() as db:
        found = find(db, door, session, find_municipality(db, slug), public_id, key)
        if deed in DEEDS and not (found.key and deed in OF_THIS_BROWSER):
            DEEDS[deed](found.calculation, door.clock())
        path = page_path(slug, found.calculation)
    return f"{path}?{urlencode({'sleutel': found.key})}#uw" if found.key else f"{path}#uw"
