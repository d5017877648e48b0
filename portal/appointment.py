"""One conversation in the agenda: what is known of it, how it went, what was agreed, and the evidence of reminders."""

from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Appointment, Municipality, Outcome, Person, Role, Side
from portal.door import door_of
from portal.faults import sentence
from portal.guard import Act, acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_day, a_number
from services.afterwards import next_due_after, set_outcome
from services.agenda.cancel import cancel
from services.agenda.members import members_of
from services.agenda.move import STAFF
from services.agenda.programmes import programmes_of
from services.agreements import LONGEST, note_agreement
from services.calendar import day_here
from services.client_page import agreements_in
from services.clients import names_of, numbers_of
from services.errors import (
    ChangedMeanwhile,
    EmptyLine,
    NotBegun,
    NotInThePast,
    NotYourAppointment,
    ServiceError,
    TooLong,
)
from services.evidence import evidence_about
from services.staff_agenda import get_appointment, place_of

HERE = "/portal/agenda/afspraken"
NOT_NOW = (ChangedMeanwhile, NotBegun, NotInThePast)
DONE = ("uitkomst", "afgezegd", "verzet", "genoteerd", "gepland", "groep")


async def show_appointment(request: Request, staff: Staff) -> Response:
    return await appointment_page(request, staff)


async def tell_outcome(request: Request, staff: Staff) -> Response:
    given = request.state.form.get("uitkomst")

    def do() -> None:
        if given not in set(Outcome):
            raise ChangedMeanwhile
        with acting(request, staff, "set_outcome", outcome=given) as act:
            account = act.session.get_one(Account, staff.account_id)
            found = _find(act, request, staff)
            set_outcome(act.session, account, found, _version(request), Outcome(given), door_of(request).clock())

    return await _do(request, staff, do, "uitkomst", a_number(request.state.form.get("groep", "")))


async def call_off(request: Request, staff: Staff) -> Response:
    def do() -> None:
        with acting(request, staff, "cancel_appointment") as act:
            found, reason = _find(act, request, staff), request.state.form.get("reden") or None
            cancel(act.session, found, _version(request), door_of(request).clock(), STAFF, reason)

    return await _do(request, staff, do, "afgezegd")


async def agree(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> None:
        with acting(request, staff, "note_agreement") as act:
            found = _find(act, request, staff)
            if found.person_id is None:
                raise NotYourAppointment
            account = act.session.get_one(Account, staff.account_id)
            person = act.session.get_one(Person, found.person_id)
            side = Side(form["wie"]) if form.get("wie") in set(Side) else Side.RESIDENT
            due_on = a_day(form.get("wanneer", ""))
            made = note_agreement(act.session, account, person, side, form.get("wat", ""), due_on, now, found)
            act.detail["agreement"] = made.id

    try:
        await run_sync(do)
    except (EmptyLine, TooLong) as error:
        told = "Schrijf op wat er is afgesproken." if isinstance(error, EmptyLine) else f"Hoogstens {LONGEST} tekens."
        return await appointment_page(request, staff, 422, fault=told)
    return RedirectResponse(f"{HERE}/{appointment_id(request)}?genoteerd#noteer", 303)


async def appointment_page(request: Request, staff: Staff, status: int = 200, **told: Any) -> Response:
    """`told`: what was wrong with the form of an agreement, or why something could not be done."""
    door, now = door_of(request), door_of(request).clock()

    def look() -> dict[str, Any]:
        with door.database.reading() as session:
            return _read(session, staff, get_appointment(session, staff.municipality_id, appointment_id(request)))

    done = next((word for word in DONE if word in request.query_params), None)
    extra: dict[str, Any] = {"fault": "", "told": "", "done": done, "form": {}} | told
    if extra["fault"]:
        extra["form"] = request.state.form
    return draw(
        request, staff, "afspraak.html", status, **await run_sync(look), **extra, outcomes=Outcome, longest=LONGEST,
        today=day_here(now),
    )  # fmt: skip


def appointment_id(request: Request) -> int:
    found = int(request.path_params["appointment"])
    if found >= 2**63:
        raise NotYourAppointment
    return found


def _read(session: Session, staff: Staff, one: Appointment) -> dict[str, Any]:
    town = session.get_one(Municipality, staff.municipality_id)
    group = session.get(Appointment, one.session_id) if one.session_id is not None else None
    leader = group.account_id if group is not None else one.account_id
    about = [f"{word}:{id_}" for word in ("appointment", "missed") for id_ in (one.id, one.moved_from) if id_]
    return {
        "one": one,
        "number": numbers_of(session, town.id, [one.person_id]).get(one.person_id or 0),
        "person": session.get(Person, one.person_id) if one.person_id else None,
        "names": names_of(session, town.id, [leader, one.outcome_by]),
        "leader": leader,
        "group": group,
        "members": members_of(session, one) if one.seats is not None else (),
        "place": place_of(session, one),
        "programmes": programmes_of(town),
        "agreements": agreements_in(session, one),
        "reminded": evidence_about(session, town.id, about, one.person_id),
        "due_on": next_due_after(session, one) if one.outcome else None,
    }


def _find(act: Act, request: Request, staff: Staff) -> Appointment:
    return get_appointment(act.session, staff.municipality_id, appointment_id(request))


def _version(request: Request) -> int:
    return a_number(request.state.form.get("versie", "")) or 0


async def _do(request: Request, staff: Staff, do: Any, done: str, group: int | None = None) -> Response:
    """Done; or the page as it is now, with why it could not be done. `group`: on whose page it was pressed."""
    try:
        await run_sync(do)
    except NOT_NOW as error:
        return await _not_done(request, staff, error)
    return RedirectResponse(f"{HERE}/{group or appointment_id(request)}?{done}", 303)


async def _not_done(request: Request, staff: Staff, error: ServiceError) -> Response:
    return await appointment_page(request, staff, 409, told=sentence(error))


ONE = "/agenda/afspraken/{appointment:int}"
POST = ("POST",)
PAGES = (
    page(ONE, show_appointment, roles=Role.CASEWORKER, deed="read_appointment"),
    page(f"{ONE}/uitkomst", tell_outcome, roles=Role.CASEWORKER, deed="set_outcome", methods=POST),
    page(f"{ONE}/afzeggen", call_off, roles=Role.CASEWORKER, deed="cancel_appointment", methods=POST),
    page(f"{ONE}/noteer", agree, roles=Role.CASEWORKER, deed="note_agreement", methods=POST),
)
