"""People as the staff look for them: a list that is searched by client number, and the facts that planning needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Appointment,
    AppointmentState,
    BenefitKind,
    ContactPoint,
    Invitation,
    InvitationState,
    Person,
    Perspective,
)
from services.errors import ServiceError
from services.tidy import tidy
from services.working_week import get_caseworker

NUMBER, LANGUAGE, NEEDS = 40, 40, 500
"""Characters."""
OLDEST = 1900


class NumberMissing(ServiceError):
    """A person has a client number."""


class BornWrong(ServiceError):
    """Nobody is born on that day."""


@dataclass(frozen=True)
class ClientRow:
    person: Person
    caseworker: str | None
    next_at: datetime | None
    """When the next appointment is."""
    linked: int
    """How many chats are his."""
    invited: InvitationState | None
    """The open invitation that is due first."""


@dataclass(frozen=True)
class Facts:
    """What the staff write down of a person; no name and no BSN."""

    born_on: date | None
    perspective: Perspective | None
    benefit: BenefitKind
    caseworker_id: int | None
    interpreter: str | None
    access_needs: str | None


def list_clients(
    session: Session, municipality_id: int, number: str, caseworker_id: int | None, now: datetime, limit: int, skip: int
) -> list[ClientRow]:
    """By client number, those with a closed case last. `number`: only those in whose number it stands."""
    query = select(Person, Account.name).outerjoin(Account, Account.id == Person.caseworker_id)
    query = query.where(Person.municipality_id == municipality_id)
    if number:
        query = query.where(Person.client_number.icontains(number, autoescape=True))
    if caseworker_id is not None:
        query = query.where(Person.caseworker_id == caseworker_id)
    ordered = query.order_by(Person.closed_at.is_not(None), Person.client_number, Person.id)
    found = session.execute(ordered.limit(limit).offset(skip)).all()
    ids = [person.id for person, _ in found]
    coming, linked = _coming(session, municipality_id, ids, now), _linked(session, municipality_id, ids)
    invited = _invited(session, municipality_id, ids)
    return [ClientRow(one, name, coming.get(one.id), linked.get(one.id, 0), invited.get(one.id)) for one, name in found]


def client_number_of(given: str) -> str:
    """As it is kept. Raises NumberMissing."""
    number = tidy(given)
    if not number or len(number) > NUMBER:
        raise NumberMissing
    return number


def check_facts(session: Session, municipality_id: int, facts: Facts, today: date) -> dict[str, Any]:
    """By the names of the record. Raises BornWrong or UnknownAccount."""
    if facts.born_on is not None and not OLDEST <= facts.born_on.year <= today.year:
        raise BornWrong
    if facts.caseworker_id is not None:
        get_caseworker(session, municipality_id, facts.caseworker_id)
    return {
        "born_on": facts.born_on,
        "perspective": facts.perspective,
        "benefit": facts.benefit,
        "caseworker_id": facts.caseworker_id,
        "interpreter": tidy(facts.interpreter or "")[:LANGUAGE] or None,
        "access_needs": tidy(facts.access_needs or "")[:NEEDS] or None,
    }


def change_facts(session: Session, person: Person, facts: Facts, today: date) -> None:
    """Other facts instead of these. Raises BornWrong or UnknownAccount."""
    for name, value in check_facts(session, person.municipality_id, facts, today).items():
        setattr(person, name, value)


def names_of(session: Session, municipality_id: int, accounts: Sequence[int | None]) -> dict[int, str]:
    """What colleagues are called, by number."""
    wanted = {one for one in accounts if one is not None}
    query = select(Account.id, Account.name).where(Account.municipality_id == municipality_id, Account.id.in_(wanted))
    return dict(session.execute(query).all()) if wanted else {}


def numbers_of(session: Session, municipality_id: int, people: Sequence[int | None]) -> dict[int, str]:
    """Client numbers, by person."""
    wanted = {one for one in people if one is not None}
    query = select(Person.id, Person.client_number)
    query = query.where(Person.municipality_id == municipality_id, Person.id.in_(wanted))
    return dict(session.execute(query).all()) if wanted else {}


def _coming(session: Session, municipality_id: int, ids: Sequence[int], now: datetime) -> dict[int, datetime]:
    query = select(Appointment.person_id, func.min(Appointment.begins_at)).where(
        *_of(Appointment, municipality_id, ids),
        Appointment.state == AppointmentState.BOOKED,
        Appointment.ends_at > now,
    )
    rows = session.execute(query.group_by(Appointment.person_id)).all()
    return {person_id: at for person_id, at in rows if person_id is not None}


def _linked(session: Session, municipality_id: int, ids: Sequence[int]) -> dict[int, int]:
    query = select(ContactPoint.person_id, func.count()).where(*_of(ContactPoint, municipality_id, ids))
    rows = session.execute(query.group_by(ContactPoint.person_id)).all()
    return {person_id: count for person_id, count in rows if person_id is not None}


def _invited(session: Session, municipality_id: int, ids: Sequence[int]) -> dict[int, InvitationState]:
    over = (InvitationState.DONE, InvitationState.WITHDRAWN)
    query = select(Invitation.person_id, Invitation.state).where(
        *_of(Invitation, municipality_id, ids), Invitation.state.not_in(over)
    )
    # The first of each stays: it is written last.
    return dict(session.execute(query.order_by(Invitation.due_on.desc())).all())


def _of(
    record: type[Appointment] | type[ContactPoint] | type[Invitation], municipality_id: int, ids: Sequence[int]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return record.municipality_id == municipality_id, record.person_id.in_(ids)
