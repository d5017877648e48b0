"""Choose a time: for a person who has no appointment yet, and another one for an appointment that is moved."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Municipality, Role
from portal.appointment import HERE, appointment_id
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.people import person_id
from portal.render import draw
from portal.slot_choice import choice_for_move, choice_for_person, slot_in, wanted_for, written
from portal.staff import Staff
from portal.typed import a_number
from services.agenda.book import book
from services.agenda.move import STAFF, move
from services.agenda.programmes import programmes_of
from services.clients import numbers_of
from services.errors import ChangedMeanwhile, NotInThePast, ServiceError, SlotTaken, TooFar, TooSoon, UnknownProgramme
from services.people.person import find_person
from services.staff_agenda import get_appointment

NOT_FREE = (SlotTaken, TooSoon, TooFar, ChangedMeanwhile, NotInThePast, UnknownProgramme)


async def choose_for_person(request: Request, staff: Staff) -> Response:
    return await _for_person(request, staff)


async def book_for_person(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> int:
        with acting(request, staff, "book_appointment") as act:
            person = find_person(act.session, staff.municipality_id, person_id(request))
            town = act.session.get_one(Municipality, staff.municipality_id)
            wanted, slot = wanted_for(act.session, town, person, form), slot_in(form)
            made = book(act.session, town, wanted, slot, now)
            act.detail["appointment"] = made.id
            return made.id

    try:
        return RedirectResponse(f"{HERE}/{await run_sync(do)}?gepland", 303)
    except NOT_FREE as error:
        return await _for_person(request, staff, error)


async def choose_other(request: Request, staff: Staff) -> Response:
    return await _for_move(request, staff)


async def move_there(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> int:
        with acting(request, staff, "move_appointment") as act:
            one = get_appointment(act.session, staff.municipality_id, appointment_id(request))
            town = act.session.get_one(Municipality, staff.municipality_id)
            version, reason = a_number(form.get("versie", "")) or 0, form.get("reden") or None
            made = move(act.session, town, one, version, slot_in(form), now, STAFF, reason)
            act.detail["appointment"] = made.id
            return made.id

    try:
        return RedirectResponse(f"{HERE}/{await run_sync(do)}?verzet", 303)
    except NOT_FREE as error:
        return await _for_move(request, staff, error)


async def _for_person(request: Request, staff: Staff, error: ServiceError | None = None) -> Response:
    door = door_of(request)
    given = request.state.form if error else request.query_params

    def look() -> dict[str, Any]:
        with door.database.reading() as session:
            person = find_person(session, staff.municipality_id, person_id(request))
            town = session.get_one(Municipality, staff.municipality_id)
            choice = choice_for_person(session, town, person, given, door.clock())
            return {"choice": choice, "number": person.client_number, "person": person, "one": None}

    return await _draw(request, staff, look, f"/portal/inwoners/{person_id(request)}", "afspraak", error)


async def _for_move(request: Request, staff: Staff, error: ServiceError | None = None) -> Response:
    door = door_of(request)
    given = request.state.form if error else request.query_params

    def look() -> dict[str, Any]:
        with door.database.reading() as session:
            one = get_appointment(session, staff.municipality_id, appointment_id(request))
            town = session.get_one(Municipality, staff.municipality_id)
            number = numbers_of(session, town.id, [one.person_id]).get(one.person_id or 0)
            known = one.programme in programmes_of(town)
            choice = choice_for_move(session, town, one, given, door.clock()) if known else None
            return {"choice": choice, "number": number, "person": None, "one": one}

    return await _draw(request, staff, look, f"{HERE}/{appointment_id(request)}", "verzetten", error)


async def _draw(
    request: Request, staff: Staff, look: Any, back: str, deed: str, error: ServiceError | None
) -> Response:
    told = sentence(error) if error else ""
    return draw(
        request, staff, "afspraak_tijd.html", 409 if error else 200, **await run_sync(look), back=back,
        here=f"{back}/{deed}", told=told, written=written,
    )  # fmt: skip


PERSON, ONE = "/inwoners/{person:int}/afspraak", "/agenda/afspraken/{appointment:int}/verzetten"
POST = ("POST",)
PAGES = (
    page(PERSON, choose_for_person, roles=Role.CASEWORKER, deed="read_free_times"),
    page(PERSON, book_for_person, roles=Role.CASEWORKER, deed="book_appointment", methods=POST),
    page(ONE, choose_other, roles=Role.CASEWORKER, deed="read_free_times"),
    page(ONE, move_there, roles=Role.CASEWORKER, deed="move_appointment", methods=POST),
)
