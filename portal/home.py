"""`/portal/`: to the first part of the rail that somebody may see."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.guard import EVERYBODY, page
from portal.rail import Entry
from portal.staff import Staff


async def begin(request: Request, staff: Staff) -> Response:
    rail: tuple[Entry, ...] = request.app.state.rail
    return RedirectResponse(next((entry.path for entry in rail if staff.may(*entry.roles)), "/portal/ik"), 303)


PAGES = (page("/", begin, roles=EVERYBODY, deed="begin"),)
