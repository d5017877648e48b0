"""Who is due for a conversation and who was invited, as the staff see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Invitation, InvitationState, Person
from db.models.invitation import OPEN_INVITATIONS


@dataclass(frozen=True)
class InvitedRow:
    invitation: Invitation
    client_number: str
    caseworker: str | None


def count_invitations(session: Session, municipality_id: int) -> dict[InvitationState, int]:
    """Of every state: people whose case is closed are not counted."""
    query = select(Invitation.state, func.count()).join(Person, Person.id == Invitation.person_id)
    query = query.where(Invitation.municipality_id == municipality_id, Person.closed_at.is_(None))
    return dict(session.execute(query.group_by(Invitation.state)).all())


def list_invitations(
    session: Session,
    municipality_id: int,
    states: Sequence[InvitationState] = OPEN_INVITATIONS,
    caseworker_id: int | None = None,
    limit: int = 50,
    skip: int = 0,
) -> list[InvitedRow]:
    """The one that is due first stands first."""
    query = (
        select(Invitation, Person.client_number, Account.name)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Account, Account.id == Person.caseworker_id)
        .where(
            Invitation.municipality_id == municipality_id,
            Invitation.state.in_(states),
            Person.closed_at.is_(None),
        )
    )
    if caseworker_id is not None:
        query = query.where(Person.caseworker_id == caseworker_id)
    ordered = query.order_by(Invitation.due_on, Invitation.id).limit(limit).offset(skip)
    return [InvitedRow(*row) for row in session.execute(ordered)]
