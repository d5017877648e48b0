"""The appointments of a resident: those of the person, or of a chat of which nobody knows whose it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Appointment, AppointmentState, Conversation
from services.errors import NotYourAppointment


def appointments_of(
    session: Session, municipality_id: int, person_id: int | None, conversation_id: int | None, now: datetime
) -> list[Appointment]:
    """Those to come, the soonest first."""
    query = select(Appointment).where(
        of_resident(municipality_id, person_id, conversation_id),
        Appointment.state == AppointmentState.BOOKED,
        Appointment.ends_at > now,
    )
    return list(session.scalars(query.order_by(Appointment.begins_at, Appointment.id)))


def appointment_of(
    session: Session, municipality_id: int, person_id: int | None, conversation_id: int | None, public_id: str
) -> Appointment:
    """That of this resident, whatever became of it. Raises NotYourAppointment."""
    query = select(Appointment).where(
        of_resident(municipality_id, person_id, conversation_id), Appointment.public_id == public_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotYourAppointment
    return found


def seats_taken(session: Session, group: Appointment) -> Sequence[Appointment]:
    """Who takes part in a group session."""
    query = select(Appointment).where(
        Appointment.municipality_id == group.municipality_id,
        Appointment.session_id == group.id,
        Appointment.state == AppointmentState.BOOKED,
    )
    return session.scalars(query.order_by(Appointment.id)).all()


def of_resident(municipality_id: int, person_id: int | None, conversation_id: int | None) -> ColumnElement[bool]:
    """Of the person; and what was made over this contact point as long as it was nobody's."""
    whose: list[ColumnElement[bool]] = [false()]
    if person_id is not None:
        whose.append(Appointment.person_id == person_id)
    if conversation_id is not None:
        here, there = aliased(Conversation), aliased(Conversation)
        chats = (
            select(there.id)
            .join(here, here.contact_point_id == there.contact_point_id)
            .where(here.municipality_id == municipality_id, here.id == conversation_id)
        )
        whose.append(and_(Appointment.person_id.is_(None), Appointment.conversation_id.in_(chats)))
    return and_(Appointment.municipality_id == municipality_id, or_(*whose))
