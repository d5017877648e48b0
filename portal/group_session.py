"""Plan a group session: one time, one colleague who leads it, and so many seats that residents choose themselves."""

from collections.abc import Sequence
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import MeetingChannel, Municipality, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import DayMissing, a_day, a_number, a_time, moment
from services.agenda.groups import open_session
from services.agenda.programmes import Programme, programmes_in_use
from services.errors import NotInThePast, ServiceError, SlotTaken, UnknownProgramme
from services.places import get_location, get_room, list_locations, rooms_of
from services.working_week import caseworkers, get_caseworker

MOST_SEATS = 200


async def begin_group(request: Request, staff: Staff) -> Response:
    return await _form(request, staff)


async def open_group(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> int:
        day, clock = a_day(form.get("dag", "")), a_time(form.get("tijd", ""))
        if day is None or clock is None:
            raise DayMissing
        with acting(request, staff, "open_group") as act:
            session, town = act.session, act.session.get_one(Municipality, staff.municipality_id)
            programme = _programmes(town).get(form.get("gesprek", ""))
            if programme is None:
                raise UnknownProgramme
            leader = get_caseworker(session, town.id, a_number(form.get("met", "")) or staff.account_id)
            location_id, room_id = _place(session, town, form.get("plek", ""))
            seats = min(a_number(form.get("plaatsen", "")) or programme.seats or 1, MOST_SEATS)
            channel = MeetingChannel.OFFICE if location_id else programme.channels[0]
            begins_at = moment(day, clock)
            made = open_session(
                session, town, programme, leader, begins_at, channel, location_id, room_id, seats, now
            )  # fmt: skip
            act.subject = f"appointment {made.id}"
            return made.id

    try:
        return RedirectResponse(f"/portal/agenda/afspraken/{await run_sync(do)}?groep", 303)
    except (DayMissing, NotInThePast, SlotTaken, UnknownProgramme) as error:
        return await _form(request, staff, error)


async def _form(request: Request, staff: Staff, error: ServiceError | None = None) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            town = session.get_one(Municipality, staff.municipality_id)
            return {
                "programmes": _programmes(town),
                "colleagues": caseworkers(session, town.id),
                "places": _places(session, town),
            }

    told, form = (sentence(error), request.state.form) if error else ("", {})
    return draw(
        request, staff, "agenda_groep.html", 422 if error else 200, **await run_sync(look), told=told, form=form
    )


def _programmes(town: Municipality) -> dict[str, Programme]:
    return {key: one for key, one in programmes_in_use(town).items() if one.seats is not None}


def _places(session: Session, town: Municipality) -> Sequence[tuple[str, str]]:
    """Every open location, and each of its rooms."""
    found = [("", "nergens: op afstand")]
    for place in list_locations(session, town.id, open_only=True):
        found.append((f"l{place.id}", place.name))
        rooms = (room for room in rooms_of(session, place) if room.open)
        found += [(f"k{room.id}", f"{place.name}, {room.name} ({room.seats})") for room in rooms]
    return found


def _place(session: Session, town: Municipality, chosen: str) -> tuple[int | None, int | None]:
    """Raises UnknownLocation or UnknownRoom for one of another municipality."""
    number = a_number(chosen[1:])
    if number is None:
        return None, None
    if chosen[0] == "l":
        return get_location(session, town.id, number).id, None
    room = get_room(session, town.id, number)
    return room.location_id, room.id


PAGES = (
    page("/agenda/groep", begin_group, roles=Role.CASEWORKER, deed="begin_group"),
    page("/agenda/groep", open_group, roles=Role.CASEWORKER, deed="open_group", methods=("POST",)),
)
