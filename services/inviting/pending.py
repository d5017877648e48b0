"""Which invitations may need a step now: found without a lock, and looked at again under one."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Appointment,
    AppointmentState,
    ContactPoint,
    Invitation,
    InvitationState,
    Municipality,
    Person,
    StaffTask,
    TaskKind,
)
from services.agenda.programmes import Programme, programmes_in_use
from services.calendar import day_here
from services.reminding.moments import is_quiet, working_day

SOON = timedelta(minutes=1)
"""What is planned lies ahead, if only just."""
AT_HAND = 10
"""Tasks that a caseworker gets at once about people who have no chat to be invited in. After a large import there are
many: the next ones, due first, come as these are ticked."""
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
        *(_meant_for_others(programme) for programme in programmes.values()),
    ]
    if time_to_invite(now):
        asking += [
            and_(Invitation.state == DUE, or_(_linked(), _has_room(full_hands(session, town.id)))),
            and_(Invitation.state == InvitationState.HANDED, Invitation.invited_at.is_(None), _linked()),
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


def _meant_for_others(programme: Programme) -> ColumnElement[bool]:
    """The programme, or what is known of somebody, was changed since the invitation. Ages are seen to later."""
    others: list[ColumnElement[bool]] = [Person.closed_at.is_not(None)]
    if programme.perspectives:
        others.append(or_(Person.perspective.is_(None), Person.perspective.not_in(programme.perspectives)))
    if programme.benefits:
        others.append(Person.benefit.not_in(programme.benefits))
    whose = exists().where(Person.id == Invitation.person_id, or_(*others))
    return and_(Invitation.programme == programme.key, Invitation.state != InvitationState.BOOKED, whose)


def full_hands(session: Session, municipality_id: int) -> set[int | None]:
    """Caseworkers who have as many of these tasks as they get at once; None: the team."""
    query = select(StaffTask.account_id).where(
        StaffTask.municipality_id == municipality_id,
        StaffTask.kind == TaskKind.NO_ANSWER,
        StaffTask.done_at.is_(None),
    )
    return set(session.scalars(query.group_by(StaffTask.account_id).having(func.count() >= AT_HAND)))


def _has_room(full: Collection[int | None]) -> ColumnElement[bool]:
    whose = func.coalesce(Person.caseworker_id, 0)
    return exists().where(Person.id == Invitation.person_id, whose.not_in([number or 0 for number in full]))


def _linked() -> ColumnElement[bool]:
    """There is a chat to invite him in; also when it was linked after he was handed over for want of one."""
    return exists().where(
        ContactPoint.municipality_id == Invitation.municipality_id,
        ContactPoint.person_id == Invitation.person_id,
        ContactPoint.unreachable_since.is_(None),
    )


def _still_booked() -> ColumnElement[bool]:
    """What was told of afterwards is over, and settled with that (services/afterwards.py)."""
    return exists().where(
        Appointment.municipality_id == Invitation.municipality_id,
        Appointment.id == Invitation.appointment_id,
        Appointment.state == AppointmentState.BOOKED,
    )
