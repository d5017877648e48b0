"""Who takes part in a group session."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Person


@dataclass(frozen=True)
class Member:
    appointment: Appointment
    """His seat: a row of his own."""
    client_number: str | None
    """None: somebody whose chat is not linked."""


def members_of(session: Session, group: Appointment) -> Sequence[Member]:
    """Who chose a seat and still has it, by client number."""
    query = (
        select(Appointment, Person.client_number)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.municipality_id == group.municipality_id,
            Appointment.session_id == group.id,
            Appointment.state == AppointmentState.BOOKED,
        )
        .order_by(Person.client_number.is_(None), Person.client_number, Appointment.id)
    )
    return [Member(seat, number) for seat, number in session.execute(query)]
