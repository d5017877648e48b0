"""The queue of lines: who answers which conversation, and what is written down as the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from benefits.income.law import IncomeLaw
from db.models import Conversation, Message, MessageKind, MessageStatus, Municipality
from db.models.conversation import ANSWERED_BY_BOT
from services.agenda.locks import lock_chats_beside
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
    spoke: str | None = None
    """The language of the conversation, where this line makes it another one."""


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
    claimed = session.execute(_CLAIM, {"conversation": conversation_id, "by": by, "now": now, "until": now + LEASE})
    return claimed.first() is not None


def release_conversation(session: Session, conversation_id: int, by: str) -> None:
    session.execute(_RELEASE, {"conversation": conversation_id, "by": by})


def next_line(session: Session, conversation_id: int) -> OpenLine | None:
    """The oldest unanswered line: a resident's second line is answered after the first."""
    found = session.execute(_NEXT, {"conversation": conversation_id}).first()
    if found is None:
        return None
    line, public_id, language, municipality_id, slug, text, payload, received_at, detail = found
    return OpenLine(
        id=line,
        conversation=public_id,
        municipality_id=municipality_id,
        municipality=slug,
        language=language,
        text=text[:READ_AT_MOST],
        payload=payload,
        received_at=received_at,
        notified=bool(detail.get("delay_told")),
    )


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
    law: IncomeLaw | None = None,
) -> bool:
    """Write the answer, and do what belongs to it; `law` for what has to be calculated with it.

    False, and nothing written, when the line was answered, wiped or taken over meanwhile.
    """
    if any(isinstance(effect, dict) for said in words for effect in said.effects):
        lock_chats_beside(session, [line_id])
    conversation = session.scalars(_HELD, {"line": line_id, "by": by}).first()
    if conversation is None:
        return False
    # Only one transaction finds the line still open; the other one waits for it and then finds it answered.
    if session.execute(_MARK_ANSWERED, {"line": line_id}).first() is None:
        return False
    # What has no text is said by its effects, which know what became of it.
    for part, said in enumerate(one for one in words if one.text):
        add_words(session, conversation, said, now, MessageKind.ANSWER, line_id, part, confidence, understanding)
    apply_effects(session, conversation, [e for said in words for e in said.effects], now, law)
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


def _free(now: Any) -> Any:
    return or_(Conversation.answering_until.is_(None), Conversation.answering_until < now)


# What every line goes through is written down once: building such a statement takes longer than running it.
_CLAIM = (
    update(Conversation)
    .where(
        Conversation.id == bindparam("conversation"),
        _free(bindparam("now")) | (Conversation.answering_by == bindparam("by")),
    )
    .values(answering_by=bindparam("by"), answering_until=bindparam("until"))
    .returning(Conversation.id)
    .execution_options(synchronize_session=False)
)
_RELEASE = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"), Conversation.answering_by == bindparam("by"))
    .values(answering_by=None, answering_until=None)
    .execution_options(synchronize_session=False)
)
_NEXT = (
    select(
        Message.id,
        Conversation.public_id,
        Conversation.language,
        Municipality.id,
        Municipality.slug,
        Message.text,
        Message.payload,
        Message.created_at,
        Message.detail,
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .join(Municipality, Municipality.id == Conversation.municipality_id)
    .where(
        Message.conversation_id == bindparam("conversation"),
        Message.status == MessageStatus.RECEIVED,
        Conversation.state.in_(ANSWERED_BY_BOT),
    )
    .order_by(Message.seq)
    .limit(1)
)
_HELD = (
    select(Conversation)
    .join(Message, Message.conversation_id == Conversation.id)
    .where(
        Message.id == bindparam("line"),
        Conversation.answering_by == bindparam("by"),
        Conversation.state.in_(ANSWERED_BY_BOT),
    )
    .with_for_update(of=Conversation)
    .execution_options(populate_existing=True)
)
_MARK_ANSWERED = (
    update(Message)
    .where(Message.id == bindparam("line"), Message.status == MessageStatus.RECEIVED)
    .values(status=MessageStatus.ANSWERED)
    .returning(Message.id)
    .execution_options(synchronize_session=False)
)
