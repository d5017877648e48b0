"""When a conversation is due: so many months after the last one that took place, or after the case began.

Counted on the calendar here. Eighteen months after 31 August is the last day of February.
"""

from calendar import monthrange
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Appointment, Invitation, InvitationState, Municipality, Outcome, Person
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.programmes import Programme, fits, programmes_of
from services.calendar import day_here
from services.inviting.invite import withdraw


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or earlier when below zero; the last day of a month that is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def last_held(session: Session, person: Person, programme: str) -> date | None:
    """The day of the last conversation of this kind that took place, as far as anybody told."""
    appointment = select(func.max(Appointment.begins_at)).where(
        Appointment.municipality_id == person.municipality_id,
        Appointment.person_id == person.id,
        Appointment.programme == programme,
        Appointment.outcome == Outcome.HELD,
    )
    told = select(func.max(Invitation.due_on)).where(
        Invitation.municipality_id == person.municipality_id,
        Invitation.person_id == person.id,
        Invitation.programme == programme,
        Invitation.state == InvitationState.DONE,
        Invitation.appointment_id.is_(None),
    )
    moment, day = session.scalar(appointment), session.scalar(told)
    return max([*([day_here(moment)] if moment else []), *([day] if day else [])], default=None)


def next_due(session: Session, person: Person, programme: Programme) -> date | None:
    """None: nobody becomes due for this kind."""
    if programme.months is None:
        return None
    since = last_held(session, person, programme.key) or day_here(person.created_at)
    return months_after(since, programme.months)


def next_of_each(session: Session, town: Municipality, person: Person, today: date) -> dict[str, date]:
    """By the key of every programme that this person becomes due for by himself: when."""
    programmes = [one for one in programmes_of(town).values() if fits(one, person, today)]
    due = {one.key: next_due(session, person, one) for one in programmes}
    return {key: on for key, on in due.items() if on is not None}


def note_held(
    session: Session, person: Person, programme: str, on: date, now: datetime, by: int | None = None
) -> Invitation:
    """A conversation that took place without an appointment here: before this product, or just like that.

    It is kept as an invitation that is done, on that day. One that is open is not needed any more. `by`: the account
    that notes it.
    """
    of_kind = select(Invitation).where(
        Invitation.municipality_id == person.municipality_id,
        Invitation.person_id == person.id,
        Invitation.programme == programme,
    )
    held = None
    for invitation in session.scalars(of_kind.order_by(Invitation.id).with_for_update()):
        if invitation.state in OPEN_INVITATIONS:
            withdraw(session, invitation, now, by)
        if invitation.due_on == on:
            held = invitation
    if held is None:
        held = Invitation(
            municipality_id=person.municipality_id, person_id=person.id, programme=programme, due_on=on, created_at=now
        )
        session.add(held)
    held.state, held.appointment_id = InvitationState.DONE, None
    session.flush()
    return held
