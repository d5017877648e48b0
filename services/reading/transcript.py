"""Read a conversation, the newest part first, and keep up to where it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Account, AnswerRevision, Conversation, Message
from services.conversation_list.page import rows_now
from services.conversation_list.rows import Row
from services.errors import ConversationGone
from services.municipalities import scope
from services.reading.said import Said, Version, said_of
from services.topic_labels import topic_labels

MOST = 200
"""Messages at once; what was said before stands on another page."""


@dataclass(frozen=True)
class Transcript:
    conversation: Conversation
    row: Row
    """What the list says of it."""
    messages: tuple[Said, ...]
    earlier: bool
    """Whether there are messages before the first one here."""
    newer: int | None
    """The conversation that the same resident began after this one."""


def read_transcript(
    session: Session, figures: Figures, municipality_id: int, conversation_id: int, before: int | None = None
) -> Transcript:
    """The newest messages, or those before number `before`. Raises ConversationGone."""
    rows = rows_now(session, municipality_id, [conversation_id])
    if not rows:
        raise ConversationGone
    query = _messages(municipality_id, conversation_id).order_by(Message.seq.desc()).limit(MOST + 1)
    if before is not None:
        query = query.where(Message.seq < before)
    newest_first = session.scalars(query).all()
    said = _with_what_lies_behind(session, figures, municipality_id, list(reversed(newest_first[:MOST])))
    conversation = session.get_one(Conversation, conversation_id)
    return Transcript(conversation, rows[0], said, len(newest_first) > MOST, newer_conversation(session, conversation))


def said_after(
    session: Session, figures: Figures, municipality_id: int, conversation_id: int, seq: int
) -> tuple[Said, ...]:
    """What was said after message number `seq`."""
    query = _messages(municipality_id, conversation_id).where(Message.seq > seq).order_by(Message.seq).limit(MOST)
    return _with_what_lies_behind(session, figures, municipality_id, session.scalars(query).all())


def newer_conversation(session: Session, conversation: Conversation) -> int | None:
    """The newest one of the same resident, when it came after this one."""
    query = select(Conversation.id).where(
        Conversation.municipality_id == conversation.municipality_id,
        Conversation.contact_point_id == conversation.contact_point_id,
        Conversation.id > conversation.id,
    )
    return session.scalars(query.order_by(Conversation.id.desc()).limit(1)).first()


def mark_seen(session: Session, municipality_id: int, conversation_id: int, seq: int, now: datetime) -> bool:
    """A caseworker has seen it up to message number `seq`. False when that was known already."""
    statement = (
        update(Conversation)
        .where(
            Conversation.id == conversation_id,
            Conversation.municipality_id == municipality_id,
            Conversation.staff_seen_seq < seq,
            Conversation.last_seq >= seq,
        )
        .values(staff_seen_seq=seq, changed_at=now)
        .returning(Conversation.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(statement).first() is not None


def _messages(municipality_id: int, conversation_id: int) -> Select[Message]:
    return select(Message).where(Message.municipality_id == municipality_id, Message.conversation_id == conversation_id)


def _with_what_lies_behind(
    session: Session, figures: Figures, municipality_id: int, messages: Sequence[Message]
) -> tuple[Said, ...]:
    names = {guess["name"] for message in messages for guess in message.detail.get("alternatives", ())}
    names |= {message.topic for message in messages if message.topic}
    labels = topic_labels(session, municipality_id, names)
    versions = _versions(session, municipality_id, {m.detail["revision"] for m in messages if m.detail.get("revision")})
    return tuple(said_of(message, labels, versions, figures) for message in messages)


def _versions(session: Session, municipality_id: int, ids: set[int]) -> dict[int, Version]:
    query = (
        select(AnswerRevision, Account.name)
        .outerjoin(Account, Account.id == AnswerRevision.written_by)
        .where(AnswerRevision.id.in_(ids), AnswerRevision.municipality_id.in_(scope(session, municipality_id)))
    )
    return {
        row.id: Version(row.id, row.topic.name, row.checked_on, row.checked_by, row.written_at, written_by)
        for row, written_by in session.execute(query)
    }
