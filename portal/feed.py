"""The own agenda on a telephone: a secret address, made and revoked here, and the file that a calendar fetches."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from db.models import Account, CalendarFeed, Role
from portal.door import PortalDoor, door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from services.calendar_feed import FeedOver, feed_of, make_feed, read_feed, revoke_feed

HERE = "/portal/agenda-op-telefoon"
LONGEST = 100
"""Characters of a secret that are worth looking up."""


async def show_feed(request: Request, staff: Staff) -> Response:
    return await _page(request, staff)


async def make(request: Request, staff: Staff) -> Response:
    """The address is shown on this page only."""
    door = door_of(request)

    def do() -> str:
        with acting(request, staff, "make_feed") as act:
            return make_feed(act.session, door.keys, act.session.get_one(Account, staff.account_id), door.clock())

    secret = await run_sync(do)
    return await _page(request, staff, address=f"{_origin(request, door)}/portal/feed/{secret}.ics")


async def take_back(request: Request, staff: Staff) -> Response:
    def do() -> None:
        with acting(request, staff, "revoke_feed") as act:
            revoke_feed(act.session, act.session.get_one(Account, staff.account_id), door_of(request).clock())

    await run_sync(do)
    return RedirectResponse(f"{HERE}?ingetrokken", 303)


async def serve_feed(request: Request) -> Response:
    """For a calendar, that cannot sign in: the secret in the address is the key. What is wrong with it is not told."""
    door, secret = door_of(request), request.path_params["secret"]

    def read() -> bytes:
        with door.database.writing() as session:
            return read_feed(session, door.keys, secret, door.clock())

    try:
        file = await run_sync(read) if len(secret) <= LONGEST else None
    except FeedOver:
        file = None
    if file is None:
        return PlainTextResponse("Deze agenda is er niet.", 404)
    return Response(file, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"})


async def _page(request: Request, staff: Staff, **told: Any) -> Response:
    def look() -> CalendarFeed | None:
        with door_of(request).database.reading() as session:
            return feed_of(session, staff.municipality_id, staff.account_id)

    shown = {"address": None, "revoked": "ingetrokken" in request.query_params} | told
    return draw(request, staff, "agenda_feed.html", feed=await run_sync(look), **shown)


def _origin(request: Request, door: PortalDoor) -> str:
    scheme = "https" if door.secure_cookies else request.url.scheme
    return f"{scheme}://{request.url.netloc}"


FEED = Route("/feed/{secret}.ics", serve_feed)
PAGES = (
    page("/agenda-op-telefoon", show_feed, roles=Role.CASEWORKER, deed="read_feed"),
    page("/agenda-op-telefoon", make, roles=Role.CASEWORKER, deed="make_feed", methods=("POST",)),
    page("/agenda-op-telefoon/weg", take_back, roles=Role.CASEWORKER, deed="revoke_feed", methods=("POST",)),
)
