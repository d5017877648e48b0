"""Which invitations may need a step now: found without a lock, and looked at again under one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, ContactPoint, Invitation, InvitationState, Municipality
from services.agenda.programmes import Programme, programmes_in_use
from services.calendar import day_here
from services.reminding.moments import is_quiet, working_day

SOON = timedelta(minutes=1)
"""What is planned lies ahead, if only just."""
DUE, INVITED, REMINDED = InvitationState.DUE, InvitationState.INVITED, InvitationState.REMINDED
ASKS_FOR_A_STEP = (DUE, INVITED, REMINDED, InvitationState.BOOKED, InvitationState.HANDED)


def time_to_invite(now: datetime) -> bool:
    """In the daytime of a working day."""
    return not is_quiet(now) and not is_quiet(now + SOON) and working_day(day_here(now)) == day_here(now)


def wait_for_choice(programme: Programme) -> timedelta:
    """Between the invitation and the reminder to choose."""
    return timedelta(days=programme.choose_days)


def wait_for_answer(programme: Programme) -> timedelta:
    """Between that reminder and the task. When it came late, there is still as much time to answer it."""
    return timedelta(days=programme.hand_days - programme.choose_days)


def pending(session: Session, town: Municipality, now: datetime, limit: int) -> Sequence[int]:
    """Those that are due first come first."""
    programmes = programmes_in_use(town)
    asking = [
        Invitation.programme.not_in(list(programmes)),
        and_(Invitation.state == InvitationState.BOOKED, ~_still_booked()),
        *(_silent(programme, now) for programme in programmes.values()),
    ]
    if time_to_invite(now):
        asking += [
            Invitation.state == DUE,
            _can_be_reached_after_all(),
            *(_chose_nothing(programme, now) for programme in programmes.values()),
        ]
    query = select(Invitation.id).where(
        Invitation.municipality_id == town.id,
        Invitation.state.in_(ASKS_FOR_A_STEP),
        or_(*asking),
    )
    return session.scalars(query.order_by(Invitation.due_on, Invitation.id).limit(limit)).all()


def _chose_nothing(programme: Programme, now: datetime) -> ColumnElement[bool]:
    waited = Invitation.invited_at <= now - wait_for_choice(programme)
    return and_(Invitation.programme == programme.key, Invitation.state == INVITED, waited)


def _silent(programme: Programme, now: datetime) -> ColumnElement[bool]:
    waited = Invitation.reminded_at <= now - wait_for_answer(programme)
    return and_(Invitation.programme == programme.key, Invitation.state == REMINDED, waited)


def _can_be_reached_after_all() -> ColumnElement[bool]:
    """Handed over because there was nowhere to send it, and a chat was linked since."""
    linked = exists().where(
        ContactPoint.municipality_id == Invitation.municipality_id,
        ContactPoint.person_id == Invitation.person_id,
        ContactPoint.unreachable_since.is_(None),
    )
    return and_(Invitation.state == InvitationState.HANDED, Invitation.invited_at.is_(None), linked)


def _still_booked() -> ColumnElement[bool]:
    """What was told of afterwards is over, and settled with that (services/afterwards.py)."""
    return exists().where(
        Appointment.municipality_id == Invitation.municipality_id,
        Appointment.id == Invitation.appointment_id,
        Appointment.state == AppointmentState.BOOKED,
    )
