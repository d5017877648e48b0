"""Ask whoever led a conversation how it went, when that was not told by the day after."""

from contextlib import suppress
from datetime import UTC, datetime, time

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from db.models import Appointment, AppointmentState, Municipality, StaffTask, TaskKind
from services.calendar import AMSTERDAM, day_here
from services.staff_tasks import add_task


def ask_for_outcomes(session: Session, town: Municipality, now: datetime, limit: int = 100) -> int:
    """A task for whoever led a conversation that was over before today, and of which nobody has told how it went."""
    session_of, today = aliased(Appointment), datetime.combine(day_here(now), time(), AMSTERDAM).astimezone(UTC)
    asked = exists().where(
        StaffTask.municipality_id == town.id,
        StaffTask.appointment_id == Appointment.id,
        StaffTask.kind == TaskKind.OUTCOME_MISSING,
    )
    query = (
        select(Appointment, session_of.account_id)
        .outerjoin(session_of, session_of.id == Appointment.session_id)
        .where(
            Appointment.municipality_id == town.id,
            Appointment.state == AppointmentState.BOOKED,
            Appointment.outcome.is_(None),
            Appointment.seats.is_(None),
            Appointment.ends_at < today,
            ~asked,
        )
        .order_by(Appointment.ends_at, Appointment.id)
        .limit(limit)
    )
    found = session.execute(query).all()
    for appointment, leader in found:
        # Another worker may be just before us: then its task is the one.
        with suppress(IntegrityError), session.begin_nested():
            _ask_for_outcome(session, appointment, appointment.account_id or leader, now)
    return len(found)


def _ask_for_outcome(session: Session, appointment: Appointment, leader: int | None, now: datetime) -> None:
    add_task(
        session,
        appointment.municipality_id,
        TaskKind.OUTCOME_MISSING,
        f"outcome_missing:{appointment.id}",
        now,
        account_id=leader,
        person_id=appointment.person_id,
        conversation_id=appointment.conversation_id,
        appointment_id=appointment.id,
    )
