"""Whose text it is: the library's, which holds everywhere, or a municipality's own in its place."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, AnswerRevision, Topic
from services.answer_topic import find_topic
from services.content.store import COPIED
from services.editing.errors import NoTextOfItsOwn
from services.municipalities import library, scope


def lock_topic(session: Session, municipality_id: int, name: str) -> Topic:
    """The topic that this municipality reads; until the end of the transaction nobody else edits it."""
    owners = scope(session, municipality_id)
    query = select(Topic.id).where(Topic.name == name, Topic.municipality_id.in_(owners)).order_by(Topic.id)
    session.execute(query.with_for_update()).all()
    return find_topic(session, municipality_id, name)


def national_topic(session: Session, name: str) -> Topic | None:
    """None for a topic that only one municipality has."""
    return session.scalar(select(Topic).where(Topic.name == name, Topic.municipality_id == library(session).id))


def own_topic(session: Session, topic: Topic, municipality_id: int, now: datetime) -> Topic:
    """This topic, or the copy of it that a municipality writes in: with all texts of the library, without examples."""
    if topic.municipality_id == municipality_id:
        return topic
    own = session.scalar(select(Topic).where(Topic.name == topic.name, Topic.municipality_id == municipality_id))
    if own is None:
        own = Topic(municipality_id=municipality_id, name=topic.name, revisions=[])
        session.add(own)
    for earlier in own.revisions:
        # It was set aside: what is read now is the starting point, not what was read before.
        earlier.withdrawn_at = earlier.withdrawn_at or now
    own.set_aside_at = None
    for name in COPIED:
        setattr(own, name, getattr(topic, name))
    own.revisions += [_copy(one, municipality_id) for one in topic.revisions if one.withdrawn_at is None]
    session.flush()
    return own


def go_back_to_national(session: Session, account: Account, name: str, now: datetime) -> Topic:
    """From the next question on the library answers again; the own texts stay on record. Raises NoTextOfItsOwn."""
    own = lock_topic(session, account.municipality_id, name)
    if own.municipality_id != account.municipality_id or national_topic(session, name) in (None, own):
        raise NoTextOfItsOwn
    own.set_aside_at = now
    session.flush()
    return own


def has_own_text(session: Session, municipality_id: int, name: str) -> bool:
    """Whether residents there read another text than the national one."""
    own = select(Topic.id).where(
        Topic.name == name, Topic.municipality_id == municipality_id, Topic.set_aside_at.is_(None)
    )
    return session.scalar(own) is not None


def is_library(session: Session, account: Account) -> bool:
    return account.municipality_id == library(session).id


def _copy(revision: AnswerRevision, municipality_id: int) -> AnswerRevision:
    kept = ("valid_from", "valid_to", "checked_on", "checked_by", "sources", "texts")
    return AnswerRevision(municipality_id=municipality_id, **{name: getattr(revision, name) for name in kept})
