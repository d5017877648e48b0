"""The queue of lines: who answers which conversation, and what is written down as the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, MessageStatus, Municipality
from db.models.conversation import ANSWERED_BY_BOT
from services.effects import apply_effects
from services.tidy import READ_AT_MOST
from services.transcript import add_words
from services.words import Words

LEASE = timedelta(seconds=15)
"""Longer than the slowest answer (Rasa 3 s, waiting for its return 3 s); after it another process may take over."""


@dataclass(frozen=True)
class OpenLine:
    """A line that waits for its answer, with all that the answering needs; no row is held meanwhile."""

    id: int
    conversation: str
    municipality_id: int
    municipality: str
    language: str
    text: str
    payload: str | None
    received_at: datetime
    notified: bool


def conversations_to_answer(session: Session, now: datetime, limit: int = 100) -> Sequence[int]:
    """Conversations with an unanswered line that nobody is answering at this moment, longest waiting first."""
    query = (
        select(Conversation.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Message.status == MessageStatus.RECEIVED, _free(now), Conversation.state.in_(ANSWERED_BY_BOT))
        .group_by(Conversation.id)
        .order_by(Conversation.last_line_at)
        .limit(limit)
    )
    return session.scalars(query).all()


def claim_conversation(session: Session, conversation_id: int, by: str, now: datetime) -> bool:
    """Take the lease. One process wins; it also gets a lease that a dead process left to expire."""
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, _free(now) | (Conversation.answering_by == by))
        .values(answering_by=by, answering_until=now + LEASE)
        .returning(Conversation.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(statement).first() is not None


def release_conversation(session: Session, conversation_id: int, by: str) -> None:
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.answering_by == by)
        .values(answering_by=None, answering_until=None)
        .execution_options(synchronize_session=False)
    )


def next_line(session: Session, conversation_id: int) -> OpenLine | None:
    """The oldest unanswered line: a resident's second line is answered after the first."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or conversation.state not in ANSWERED_BY_BOT:
        return None
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation_id,
        Message.status == MessageStatus.RECEIVED,
    )
    line = session.scalars(query.order_by(Message.seq).limit(1)).first()
    return None if line is None else _open_line(session, conversation, line)


def open_buttons(session: Session, conversation_id: int) -> list[tuple[int, str]]:
    """Unanswered lines that were buttons, oldest first, with what each button means."""
    query = select(Message.id, Message.payload).where(
        Message.conversation_id == conversation_id,
        Message.status == MessageStatus.RECEIVED,
        Message.payload.is_not(None),
    )
    return [(line, payload) for line, payload in session.execute(query.order_by(Message.seq)) if payload]


def settle_line(
    session: Session,
    line_id: int,
    by: str,
    words: Sequence[Words],
    now: datetime,
    confidence: float | None = None,
    understanding: dict[str, Any] | None = None,
) -> bool:
    """Write the answer. False, and nothing written, when the line was answered, wiped or taken over meanwhile."""
    line = session.get(Message, line_id)
    if line is None:
        return False
    conversation = session.get(Conversation, line.conversation_id, with_for_update=True)
    if conversation is None:
        return False
    if conversation.answering_by != by or conversation.state not in ANSWERED_BY_BOT:
        return False
    if not _mark_answered(session, line_id):
        return False
    for part, said in enumerate(words):
        add_words(session, conversation, said, now, MessageKind.ANSWER, line, part, confidence, understanding)
    apply_effects(session, conversation, [e for said in words for e in said.effects], now)
    return True


def notify_delay(session: Session, line_id: int, words: Words, now: datetime) -> None:
    """Say once that the answer will come later; the line stays open."""
    line = session.get(Message, line_id)
    conversation = session.get(Conversation, line.conversation_id, with_for_update=True) if line else None
    # Looked at under the lock of the conversation: two processes may both come to tell it.
    line = session.get(Message, line_id, populate_existing=True)
    if conversation is None or line is None:
        return
    if conversation.state not in ANSWERED_BY_BOT:
        return
    if line.status is not MessageStatus.RECEIVED or line.detail.get("delay_told"):
        return
    line.detail = line.detail | {"delay_told": True}
    add_words(session, conversation, words, now)


def _free(now: datetime) -> Any:
    return or_(Conversation.answering_until.is_(None), Conversation.answering_until < now)


def _mark_answered(session: Session, line_id: int) -> bool:
    """Only one transaction finds the line still open; the other one waits for it and then finds it answered."""
    statement = (
        update(Message)
        .where(Message.id == line_id, Message.status == MessageStatus.RECEIVED)
        .values(status=MessageStatus.ANSWERED)
        .returning(Message.id)
        .execution_options(synchronize_session="fetch")
    )
    return session.scalars(statement).first() is not None


def _open_line(session: Session, conversation: Conversation, line: Message) -> OpenLine:
    municipality = session.get_one(Municipality, conversation.municipality_id)
    return OpenLine(
        id=line.id,
        conversation=conversation.public_id,
        municipality_id=municipality.id,
        municipality=municipality.slug,
        language=conversation.language,
        text=line.text[:READ_AT_MOST],
        payload=line.payload,
        received_at=line.created_at,
        notified=bool(line.detail.get("delay_told")),
    )
