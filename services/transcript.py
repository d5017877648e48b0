"""Add to a conversation. A message gets its number under the lock of the conversation, so the order has no holes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import ContactPoint, Conversation, Message, MessageKind, MessageStatus
from services.words import Words


def next_seq(session: Session, conversation: Conversation, now: datetime) -> int:
    """The number of the next message; other writers of this conversation wait until this transaction ends."""
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation.id)
        .values(last_seq=Conversation.last_seq + 1, changed_at=now)
        .returning(Conversation.last_seq)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(statement).one()


def add_line(
    session: Session,
    conversation: Conversation,
    text: str,
    external_id: str,
    payload: str | None,
    detail: dict[str, Any],
    now: datetime,
) -> Message:
    """What the resident said."""
    line = Message(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        seq=next_seq(session, conversation, now),
        kind=MessageKind.LINE,
        status=MessageStatus.RECEIVED,
        text=text,
        language=conversation.language,
        created_at=now,
        external_id=external_id,
        payload=payload,
        detail=detail,
    )
    session.add(line)
    session.flush()
    conversation.last_line_at = now
    conversation.line_seq = line.seq
    return line


def add_words(
    session: Session,
    conversation: Conversation,
    words: Words,
    now: datetime,
    kind: MessageKind = MessageKind.NOTICE,
    line: Message | None = None,
    part: int = 0,
    confidence: float | None = None,
    more_detail: dict[str, Any] | None = None,
) -> Message:
    """What the assistant says: due where it has to be sent, and said at once where the transcript itself is read."""
    pushes = session.get_one(ContactPoint, conversation.contact_point_id).channel.pushes
    message = Message(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        seq=next_seq(session, conversation, now),
        kind=kind,
        status=MessageStatus.DUE if pushes else MessageStatus.SENT,
        text=words.text,
        language=conversation.language,
        created_at=now,
        in_reply_to=line.id if line else None,
        part=part if line else None,
        topic=words.topic,
        confidence=confidence,
        detail=words.detail() | (more_detail or {}),
        due_at=now,
        sent_at=None if pushes else now,
    )
    session.add(message)
    if words.topic is not None:
        conversation.topic = words.topic
    session.flush()
    return message


def messages_after(session: Session, conversation: Conversation, seq: int) -> list[Message]:
    """The messages of a conversation that came after number `seq`, in order."""
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation.id,
        Message.seq > seq,
    )
    return list(session.scalars(query.order_by(Message.seq)))
