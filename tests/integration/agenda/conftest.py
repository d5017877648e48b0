"""A municipality with an agenda: Anna sees people on Tuesday morning in one of two rooms, and Fatma is her client."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Appointment, Conversation, Message, MessageStatus, Municipality, Person
from db.session import Database
from services.agenda.slot import Slot, Wanted
from tests.agenda import (
    NEXT_TUESDAY,
    build_caseworker,
    build_chat,
    build_hours,
    build_location,
    build_person,
    build_town,
    here,
    slots_on,
    wants,
)


@dataclass
class Agenda:
    """Ids, because each deed has a transaction of its own."""

    database: Database
    town: Municipality
    anna: Account
    fatma: Person
    chat: Conversation
    slots: list[Slot] = field(default_factory=list)

    def wanted(self) -> Wanted:
        return wants(self.town, self.fatma)

    def at(self, clock: str) -> Slot:
        """A slot of next Tuesday, as it was offered in the beginning."""
        return next(slot for slot in self.slots if slot.begins_at == here(NEXT_TUESDAY, clock))

    def free(self, session: Session) -> list[Slot]:
        return slots_on(session, self.town, self.wanted())

    def another(self, session: Session, number: str) -> tuple[Person, Conversation]:
        """Another client of Anna, with a chat."""
        person = build_person(session, self.town, self.anna, number)
        return person, build_chat(session, self.town, person, number)


@pytest.fixture
def agenda(database: Database) -> Agenda:
    with database.writing() as session:
        town = build_town(session)
        place = build_location(session, town, rooms=2)
        anna = build_caseworker(session, town)
        build_hours(session, anna, location_id=place.id)
        fatma = build_person(session, town, anna)
        made = Agenda(database, town, anna, fatma, build_chat(session, town, fatma))
        made.slots = made.free(session)
    return made


def planned(session: Session, appointment: Appointment) -> list[Message]:
    """The reminders that wait for it."""
    query = select(Message).where(
        Message.about == f"appointment:{appointment.id}", Message.status == MessageStatus.PLANNED
    )
    return list(session.scalars(query.order_by(Message.due_at)))
