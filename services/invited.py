"""Who is due for a conversation and who was invited, as the staff see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import Account, Invitation, InvitationState, Person
from db.models.invitation import OPEN_INVITATIONS


@dataclass(frozen=True)
class InvitedRow:
    invitation: Invitation
    client_number: str
    caseworker: str | None


def count_invitations(
    session: Session, municipality_id: int, caseworker_id: int | None = None, programme: str | None = None
) -> dict[InvitationState, int]:
    """Of every state: people whose case is closed are not counted."""
    query = select(Invitation.state, func.count()).join(Person, Person.id == Invitation.person_id)
    query = query.where(*_of(municipality_id, caseworker_id, programme))
    return dict(session.execute(query.group_by(Invitation.state)).all())


def list_invitations(
    session: Session,
    municipality_id: int,
    states: Sequence[InvitationState] = OPEN_INVITATIONS,
    caseworker_id: int | None = None,
    programme: str | None = None,
    limit: int = 50,
    skip: int = 0,
) -> list[InvitedRow]:
    """The one that is due first stands first; of what is over, the last."""
    query = (
        select(Invitation, Person.client_number, Account.name)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Account, Account.id == Person.caseworker_id)
        .where(*_of(municipality_id, caseworker_id, programme), Invitation.state.in_(states))
    )
    over = not set(states) & set(OPEN_INVITATIONS)
    order = (Invitation.due_on.desc(), Invitation.id.desc()) if over else (Invitation.due_on, Invitation.id)
    return [InvitedRow(*row) for row in session.execute(query.order_by(*order).limit(limit).offset(skip))]


def _of(municipality_id: int, caseworker_id: int | None, programme: str | None) -> Iterator[ColumnElement[bool]]:
    yield Invitation.municipality_id == municipality_id
    yield Person.closed_at.is_(None)
    if caseworker_id is not None:
        yield Person.caseworker_id == caseworker_id
    if programme is not None:
        yield Invitation.programme == programme
