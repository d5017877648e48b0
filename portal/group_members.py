"""Who took part in a group session: one tap tells that all were there of whom nothing else was told."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Outcome, Role
from portal.appointment import HERE, ONE, appointment_id, appointment_page
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.staff import Staff
from services.afterwards import set_outcome
from services.agenda.members import members_of
from services.errors import ChangedMeanwhile, NotBegun, NotYourAppointment
from services.staff_agenda import get_appointment


async def all_were_there(request: Request, staff: Staff) -> Response:
    """Each in a transaction of his own: what is told to one resident waits for nobody else."""
    try:
        for seat, version in await run_sync(_unmarked, request, staff):
            await run_sync(_was_there, request, staff, seat, version)
    except (NotBegun, ChangedMeanwhile) as error:
        return await appointment_page(request, staff, 409, told=sentence(error))
    return RedirectResponse(f"{HERE}/{appointment_id(request)}?uitkomst", 303)


def _unmarked(request: Request, staff: Staff) -> list[tuple[int, int]]:
    """Seats of whom nobody told how it went, as they are now."""
    with door_of(request).database.reading() as session:
        group = get_appointment(session, staff.municipality_id, appointment_id(request))
        if group.seats is None:
            raise NotYourAppointment
        if group.begins_at > door_of(request).clock():
            raise NotBegun
        seats = (member.appointment for member in members_of(session, group))
        return [(seat.id, seat.version) for seat in seats if seat.outcome is None]


def _was_there(request: Request, staff: Staff, seat: int, version: int) -> None:
    with acting(request, staff, "set_outcome", f"appointment {seat}", outcome=Outcome.HELD.value) as act:
        account = act.session.get_one(Account, staff.account_id)
        found = get_appointment(act.session, staff.municipality_id, seat)
        set_outcome(act.session, account, found, version, Outcome.HELD, door_of(request).clock())


PAGES = (page(f"{ONE}/allemaal", all_were_there, roles=Role.CASEWORKER, deed="all_were_there", methods=("POST",)),)
