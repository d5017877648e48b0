"""Add to a conversation. A message gets its number under the lock of the conversation, so the order has no holes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Update, bindparam, func, select, update
from sqlalchemy.orm import Session

from db.models import Account, Conversation, Message, MessageKind, MessageStatus
from db.models.conversation import ANSWERED_BY_BOT, WITH_PERSON
from services.states import Deed, move
from services.words import Words


class HandOver(StrEnum):
    """The few sentences that are said although a person has the chat: of the hand-over itself, and of what of a line
    did not get through to that person."""

    JOINED = "joined"
    LEFT = "left"
    CLOSED = "closed"
    AWAY = "away"
    """Outside office hours: who has the chat reads it later."""
    NUMBER = "number"
    """What happened with a phone number to be called on."""
    REMINDER = "reminder"
    """About reminders: the message that was asked for, or that they are stopped."""
    NOT_SHOWN = "not_shown"
    """Masked, or not taken in at all."""
    LINKED = "linked"
    """What happened with a linking code, or with the link."""


CROSSING = (HandOver.JOINED, HandOver.LEFT, HandOver.CLOSED)
"""Shown as a line across the conversation: from here on somebody else talks."""


# Written down once: every message goes through one of these, and building them takes longer than running them.
_NEXT = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(
        last_seq=Conversation.last_seq + 1,
        changed_at=bindparam("now"),
        topic=func.coalesce(bindparam("about", type_=Conversation.topic.type), Conversation.topic),
    )
    .returning(Conversation)
    .execution_options(synchronize_session=False, populate_existing=True)
)
_NEXT_WHILE_BOT = _NEXT.where(Conversation.state.in_(ANSWERED_BY_BOT))
_NEXT_LINE = _NEXT.values(last_line_at=bindparam("now"), line_seq=Conversation.last_seq + 1)


def next_seq(
    session: Session, conversation: Conversation, now: datetime, statement: Update = _NEXT, about: str | None = None
) -> int | None:
    """The number of the next message; other writers of this conversation wait until this transaction ends.

    `conversation` is as it stands under that lock afterwards: what was read before may no longer be so. None, and
    nothing is changed, when the statement asks for a state that it is not in. `about`: the topic, if it has one.
    """
    found = session.scalars(statement, {"conversation": conversation.id, "now": now, "about": about}).one_or_none()
    return None if found is None else found.last_seq


def add_line(
    session: Session,
    conversation: Conversation,
    text: str,
    external_id: str,
    payload: str | None,
    detail: dict[str, Any],
    now: datetime,
) -> Message:
    """What the resident said; it goes to the assistant, or to the person who has the chat."""
    seq = _take_number(session, conversation, now, _NEXT_LINE)
    move(conversation, Deed.LINE, now)
    line = Message(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        seq=seq,
        kind=MessageKind.LINE,
        status=MessageStatus.HANDED if conversation.state in WITH_PERSON else MessageStatus.RECEIVED,
        text=text,
        language=conversation.language,
        created_at=now,
        external_id=external_id,
        payload=payload,
        detail=detail,
    )
    session.add(line)
    session.flush()
    return line


def add_words(
    session: Session,
    conversation: Conversation,
    words: Words,
    now: datetime,
    kind: MessageKind = MessageKind.NOTICE,
    reply_to: int | None = None,
    part: int = 0,
    confidence: float | None = None,
    more_detail: dict[str, Any] | None = None,
    hand_over: HandOver | None = None,
) -> Message | None:
    """What the assistant says: due where it has to be sent, and said at once where the transcript itself is read.

    None, and nothing is written, when a person has the chat or it is closed: then the assistant is silent, whoever
    calls. Only what is said as part of the `hand_over` is said in every state.
    """
    seq = next_seq(session, conversation, now, _NEXT_WHILE_BOT if hand_over is None else _NEXT, words.topic)
    if seq is None:
        return None
    message = Message(
        seq=seq,
        kind=kind,
        text=words.text,
        in_reply_to=reply_to,
        part=None if reply_to is None else part,
        topic=words.topic,
        confidence=confidence,
        detail=words.detail() | (more_detail or {}) | ({"hand_over": hand_over.value} if hand_over else {}),
        **(_outgoing(conversation, now) | ({"language": words.language} if words.language else {})),
    )
    session.add(message)
    session.flush()
    return message


def add_reply(
    session: Session, conversation: Conversation, account: Account, text: str, external_id: str, now: datetime
) -> Message:
    """What a colleague wrote. The name above it stays as it was then, also when the account goes."""
    message = Message(
        seq=_take_number(session, conversation, now),
        kind=MessageKind.STAFF,
        text=text,
        external_id=external_id,
        account_id=account.id,
        detail={"sender": account.shown_as},
        **_outgoing(conversation, now),
    )
    session.add(message)
    session.flush()
    return message


def say_planned(conversation: Conversation, planned: Message, words: Words, now: datetime) -> None:
    """A message that was planned is said now: from here on it has a place, in whatever state the conversation is.

    The caller has read the conversation under its lock, and writes several of them down together.
    """
    conversation.last_seq += 1
    conversation.changed_at, conversation.topic = now, words.topic or conversation.topic
    planned.seq, planned.text, planned.topic = conversation.last_seq, words.text, words.topic
    planned.detail = words.detail()
    planned.claimed_by, planned.claimed_until, planned.attempts = None, None, 0
    # It is due from now on, not from when it was to be said: what was late is still sent for a whole day.
    for name, value in _outgoing(conversation, now).items():
        setattr(planned, name, value)


def messages_after(session: Session, conversation: Conversation, seq: int) -> list[Message]:
    """The messages of a conversation that came after number `seq`, in order. What is only planned has no number yet."""
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation.id,
        Message.seq > max(seq, 0),
    )
    return list(session.scalars(query.order_by(Message.seq)))


def _take_number(session: Session, conversation: Conversation, now: datetime, statement: Update = _NEXT) -> int:
    seq = next_seq(session, conversation, now, statement)
    assert seq is not None  # noqa: S101  only an erased conversation has no next number, and callers hold its lock
    return seq


def _outgoing(conversation: Conversation, now: datetime) -> dict[str, Any]:
    """What all that goes to the resident has in common."""
    pushes = conversation.channel.pushes
    return {
        "municipality_id": conversation.municipality_id,
        "conversation_id": conversation.id,
        "status": MessageStatus.DUE if pushes else MessageStatus.SENT,
        "language": conversation.language,
        "created_at": now,
        "due_at": now,
        "sent_at": None if pushes else now,
    }
