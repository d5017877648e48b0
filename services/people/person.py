"""A person: made by the staff, known by a client number, and found again from each chat that a code linked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import ContactPoint, Conversation, LinkCode, Person
from services.conversations import Address, find_contact_point
from services.errors import PersonExists, UnknownPerson
from services.keys import Keys


def add_person(session: Session, municipality_id: int, client_number: str, now: datetime, **facts: Any) -> Person:
    """A new case. `facts`: what else is known, by the names of the record. Raises PersonExists."""
    number = client_number.strip()
    person = Person(municipality_id=municipality_id, client_number=number, created_at=now, **facts)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        if find_by_number(session, municipality_id, number) is None:
            raise
        raise PersonExists from error
    return person


def find_person(session: Session, municipality_id: int, person_id: int) -> Person:
    """Raises UnknownPerson, also for one of another municipality."""
    query = select(Person).where(Person.municipality_id == municipality_id, Person.id == person_id)
    person = session.scalar(query)
    if person is None:
        raise UnknownPerson
    return person


def find_by_number(session: Session, municipality_id: int, client_number: str) -> Person | None:
    query = select(Person).where(
        Person.municipality_id == municipality_id, Person.client_number == client_number.strip()
    )
    return session.scalar(query)


def person_of(session: Session, conversation: Conversation) -> Person | None:
    """Whose chat this is; None as long as no code has linked it."""
    query = (
        select(Person)
        .join(ContactPoint, ContactPoint.person_id == Person.id)
        .where(
            ContactPoint.id == conversation.contact_point_id,
            ContactPoint.municipality_id == conversation.municipality_id,
            Person.municipality_id == conversation.municipality_id,
        )
    )
    return session.scalar(query)


def is_linked(session: Session, keys: Keys, address: Address) -> bool:
    """Whether whoever is there is known, with or without a conversation in sight."""
    contact = find_contact_point(session, keys, address)
    return contact is not None and contact.person_id is not None


def contact_points_of(session: Session, municipality_id: int, person_id: int) -> Sequence[ContactPoint]:
    """The chats that are linked to this person, the first linked first."""
    query = select(ContactPoint).where(
        ContactPoint.municipality_id == municipality_id, ContactPoint.person_id == person_id
    )
    return session.scalars(query.order_by(ContactPoint.linked_at, ContactPoint.id)).all()


def conversations_of(session: Session, municipality_id: int, person_id: int, limit: int = 50) -> Sequence[Conversation]:
    """The one history of a person over all his channels, the newest first.

    What was over before a chat was linked stays out: it was said by somebody who had not told who he was.
    """
    query = (
        select(Conversation)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(
            Conversation.municipality_id == municipality_id,
            ContactPoint.municipality_id == municipality_id,
            ContactPoint.person_id == person_id,
            Conversation.changed_at >= ContactPoint.linked_at,
        )
        .order_by(Conversation.last_line_at.desc(), Conversation.id.desc())
    )
    return session.scalars(query.limit(limit)).all()


def codes_of(session: Session, municipality_id: int, person_id: int, limit: int = 20) -> Sequence[LinkCode]:
    """The codes that were made for a person, the newest first; what they were is kept nowhere."""
    query = select(LinkCode).where(LinkCode.municipality_id == municipality_id, LinkCode.person_id == person_id)
    return session.scalars(query.order_by(LinkCode.id.desc()).limit(limit)).all()
