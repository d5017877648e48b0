"""A person with a case, and what a caseworker does for him; a test names only what matters."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, ContactPoint, Conversation, Municipality, Person, Role
from services.people.link_code import make_code
from services.people.person import add_person
from tests.builders import NOW, build_account, build_keys


def build_person(session: Session, town: Municipality, number: str = "K-1001", **facts: Any) -> Person:
    return add_person(session, town.id, number, NOW, **facts)


def build_caseworker(session: Session, town: Municipality, login: str = "") -> Account:
    return build_account(session, town, Role.CASEWORKER, login=login)


def build_code(session: Session, town: Municipality, person: Person, account: Account | None = None) -> str:
    """As the client reads it."""
    made_by = account or session.scalar(select(Account).where(Account.municipality_id == town.id))
    return make_code(session, build_keys(), made_by or build_caseworker(session, town), person, NOW)[1]


def link_directly(session: Session, conversation_id: int, person: Person) -> None:
    """As a code does, without one."""
    contact = session.get_one(ContactPoint, session.get_one(Conversation, conversation_id).contact_point_id)
    contact.person_id, contact.linked_at = person.id, NOW
    session.flush()
