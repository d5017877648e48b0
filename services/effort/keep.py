"""Efforts on record: told by the resident in his own words, corrected by him, seen by his caseworker."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models import Conversation, EffortKind, SearchEffort
from services.masking import mask
from services.people.person import person_of
from services.tidy import tidy

LONGEST = 300
"""Characters that are kept of what was told."""


def keep_effort(
    session: Session, conversation: Conversation, kind: EffortKind, day: date, text: str, now: datetime
) -> SearchEffort:
    """Write down what the resident told; of a chat that is not linked it is the chat's, until that is."""
    person = person_of(session, conversation)
    effort = SearchEffort(
        municipality_id=conversation.municipality_id,
        person_id=person.id if person else None,
        conversation_id=conversation.id,
        kind=kind,
        day=day,
        text=mask(tidy(text)).text[:LONGEST],
        told_at=now,
    )
    session.add(effort)
    session.flush()
    return effort


def efforts_of(
    session: Session, municipality_id: int, person_id: int, since: date | None = None
) -> Sequence[SearchEffort]:
    """What this person told, over whatever channel, the newest day first."""
    query = select(SearchEffort).where(
        SearchEffort.municipality_id == municipality_id,
        SearchEffort.person_id == person_id,
        SearchEffort.removed_at.is_(None),
    )
    if since is not None:
        query = query.where(SearchEffort.day >= since)
    return session.scalars(query.order_by(SearchEffort.day.desc(), SearchEffort.id.desc())).all()


def efforts_told(session: Session, conversation: Conversation) -> Sequence[SearchEffort]:
    """What stands on the list of whoever talks here, the newest day first."""
    query = select(SearchEffort).where(
        SearchEffort.municipality_id == conversation.municipality_id,
        SearchEffort.removed_at.is_(None),
        _of_resident(session, conversation),
    )
    return session.scalars(query.order_by(SearchEffort.day.desc(), SearchEffort.id.desc())).all()


def last_told(session: Session, conversation: Conversation) -> SearchEffort | None:
    """What was told last, whatever day it was of."""
    return max(efforts_told(session, conversation), key=lambda effort: effort.id, default=None)


def find_told_at(session: Session, conversation: Conversation, told_at: datetime) -> SearchEffort | None:
    """What whoever talks here told at that moment, locked; None: removed already, or somebody else's."""
    query = select(SearchEffort).where(
        SearchEffort.municipality_id == conversation.municipality_id,
        SearchEffort.told_at == told_at,
        SearchEffort.removed_at.is_(None),
        _of_resident(session, conversation),
    )
    query = query.order_by(SearchEffort.id.desc()).limit(1)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def change_day(session: Session, effort: SearchEffort, day: date, now: datetime) -> None:
    effort.day, effort.changed_at = day, now
    session.flush()


def remove_effort(session: Session, effort: SearchEffort, now: datetime) -> None:
    effort.removed_at = now
    session.flush()


def _of_resident(session: Session, conversation: Conversation) -> ColumnElement[bool]:
    """Of his case; as long as it is not linked, of this chat."""
    person = person_of(session, conversation)
    chats = select(Conversation.id).where(
        Conversation.municipality_id == conversation.municipality_id,
        Conversation.contact_point_id == conversation.contact_point_id,
    )
    of_chat = SearchEffort.conversation_id.in_(chats) & SearchEffort.person_id.is_(None)
    return of_chat if person is None else or_(SearchEffort.person_id == person.id, of_chat)
