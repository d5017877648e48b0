"""Find who is due, and open an invitation for each: once, however many workers look at the same time."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Invitation, InvitationState, Municipality, Outcome, Person
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.programmes import Programme, fits
from services.calendar import AMSTERDAM, day_here
from services.inviting.due import months_after, next_due

SHORT_MONTHS = timedelta(days=3)
"""Counting months back and forth can differ by so many days; exactly who is due is looked at for each."""


def open_due(
    session: Session, town: Municipality, programme: Programme, after: int, now: datetime, limit: int = 100
) -> tuple[int, int | None]:
    """How many were opened among the people who come after number `after`, and where to go on; None: nowhere."""
    if programme.months is None or not programme.in_use:
        return 0, None
    horizon = day_here(now) + timedelta(days=programme.invite_days)
    people = session.scalars(_maybe_due(town, programme, horizon, after, now).limit(limit)).all()
    opened = sum(_open(session, person, programme, horizon, now) for person in people)
    return opened, people[-1].id if len(people) == limit else None


def number_maybe_due(session: Session, town: Municipality, programme: Programme, now: datetime) -> int:
    """At most so many would be invited now: ages are not looked at, and months are counted generously."""
    if programme.months is None or not programme.in_use:
        return 0
    horizon = day_here(now) + timedelta(days=programme.invite_days)
    people = _maybe_due(town, programme, horizon, 0, now).order_by(None).subquery()
    return session.scalars(select(func.count()).select_from(people)).one()


def _open(session: Session, person: Person, programme: Programme, horizon: date, now: datetime) -> bool:
    if not fits(programme, person, day_here(now)):
        return False
    due_on = next_due(session, person, programme)
    if due_on is None or due_on > horizon:
        return False
    invitation = Invitation(
        municipality_id=person.municipality_id,
        person_id=person.id,
        programme=programme.key,
        due_on=due_on,
        state=InvitationState.DUE,
        created_at=now,
    )
    # Another worker may be just before us, or this round was called off: then its row is the one.
    with suppress(IntegrityError), session.begin_nested():
        session.add(invitation)
        return True
    return False


def _maybe_due(town: Municipality, programme: Programme, horizon: date, after: int, now: datetime) -> Select[Person]:
    """Nothing is open for them, nothing is booked, and nothing took place since about then."""
    latest = months_after(horizon, -(programme.months or 0)) + SHORT_MONTHS
    end = datetime.combine(latest, time(), AMSTERDAM).astimezone(UTC)
    of_kind = (
        Appointment.municipality_id == town.id,
        Appointment.person_id == Person.id,
        Appointment.programme == programme.key,
    )
    held = exists().where(*of_kind, Appointment.outcome == Outcome.HELD)
    # Until somebody tells how it went, nobody is invited to the next.
    booked = exists().where(*of_kind, Appointment.state == AppointmentState.BOOKED, Appointment.outcome.is_(None))
    invited = (
        Invitation.municipality_id == town.id,
        Invitation.person_id == Person.id,
        Invitation.programme == programme.key,
    )
    told = exists().where(*invited, Invitation.state == InvitationState.DONE)
    meant = [Person.perspective.in_(programme.perspectives)] if programme.perspectives else []
    meant += [Person.benefit.in_(programme.benefits)] if programme.benefits else []
    return (
        select(Person)
        .where(
            *meant,
            Person.municipality_id == town.id,
            Person.closed_at.is_(None),
            Person.id > after,
            or_(Person.created_at < end, held, told),
            ~booked,
            ~exists().where(*of_kind, Appointment.outcome == Outcome.HELD, Appointment.begins_at >= end),
            ~exists().where(*invited, Invitation.state.in_(OPEN_INVITATIONS)),
        )
        .order_by(Person.id)
    )
