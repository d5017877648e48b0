"""The staff's pages as one application: `make_portal(door)`, mounted at /portal."""

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from pages.headers import SafeHeaders, add_safe_headers
from portal import refuse
from portal.door import PortalDoor, door_of
from portal.guard import Page, signed_in
from portal.rail import rail_of
from portal.render import ASSETS
from portal.routes import ROUTES

__all__ = ["PortalDoor", "make_portal", "portal_routes"]


def make_portal(door: PortalDoor) -> Starlette:
    ASSETS.all  # noqa: B018  a missing file is noticed now, not by the first colleague
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SafeHeaders, secure=door.secure_cookies)],
        exception_handlers={HTTPException: _http_error, Exception: _server_error},
    )
    app.state.door = door
    reading = [route for route in ROUTES if isinstance(route, Page) and "GET" in (route.methods or ())]
    app.state.rail = rail_of({route.path: route.roles for route in reading})
    return app


def portal_routes(door: PortalDoor) -> list[BaseRoute]:
    """For the application of the process; before that of the chat, which takes every name of one word."""

    async def with_slash(_request: Request) -> Response:
        return RedirectResponse("/portal/", 303)

    return [Route("/portal", with_slash), Mount("/portal", make_portal(door))]


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status >= 500:
        return refuse.broken(request)
    return refuse.not_found(request, await run_sync(signed_in, request))


async def _server_error(request: Request, error: Exception) -> Response:
    """The error itself is logged by the server."""
    response = refuse.broken(request)
    # This one is made outside of all middleware.
    add_safe_headers(response.headers, door_of(request).secure_cookies)
    return response
