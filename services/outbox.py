"""Due messages: claim, send (the door does that), settle. At least once: see docs/adr/0004.

`due_at` is when a message should go out and never changes, so that lateness can be told afterwards. `claimed_until` is
how long it is left alone: by everybody while one process sends it, and by all after a passing trouble.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.models import Channel, ContactPoint, Conversation, Message, MessageKind, MessageStatus
from db.models.message import OPEN_OUTGOING
from services.conversations import Address, find_contact_point
from services.errors import ServiceError
from services.feedback import may_be_judged
from services.keys import Keys
from services.words import Button, Way, amounts_since

LEASE = timedelta(seconds=60)
"""Longer than the slowest sending; after it another process may send."""
GIVE_UP_AFTER = timedelta(hours=24)
"""A message that could not be delivered for a day is of no use any more."""
UNREADABLE_AGAIN = timedelta(minutes=15)
PUSHING = tuple(channel for channel in Channel if channel.pushes)


@dataclass(frozen=True)
class DueMessage:
    """One message to send, with the address unsealed just for this."""

    id: int
    seq: int
    conversation_id: int
    municipality_id: int
    channel: Channel
    address: str
    text: str
    buttons: tuple[Button, ...]
    sources: tuple[str, ...]
    figures_date: str | None
    language: str
    attempts: int
    sender: str | None
    """The colleague who wrote it; None: the assistant."""
    way: Way | None = None
    """To a page that shows more."""
    to_judge: bool = False
    """Whether the resident may tell if it was right."""
    judge_labels: tuple[str, ...] = ()
    """What the two buttons for that say; the door fills them in."""


def claim_due(
    session: Session, keys: Keys, by: str, now: datetime, limit: int = 20, channels: Collection[Channel] = PUSHING
) -> list[DueMessage]:
    """Take the next due message of each conversation. An earlier one that is still open keeps the later ones back."""
    query = (
        select(Message, ContactPoint)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(_ready(now), ~_held_back(now), ContactPoint.channel.in_(channels))
        .order_by(Message.due_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Message)
    )
    claimed = [_claim(keys, message, contact, by, now) for message, contact in session.execute(query)]
    return [due for due in claimed if due is not None]


def settle_sent(session: Session, message_id: int, by: str, now: datetime) -> bool:
    """It is with the channel. False when it was wiped, or claimed by another process meanwhile."""
    return _settle(session, message_id, by, status=MessageStatus.SENT, sent_at=now, failure=None)


def settle_later(session: Session, message_id: int, by: str, failure: str, again_at: datetime, now: datetime) -> bool:
    """A passing trouble: tried again at `again_at`, until it is no longer of use."""
    due_at = session.scalar(select(Message.due_at).where(Message.id == message_id))
    if due_at is not None and again_at - due_at > GIVE_UP_AFTER:
        return settle_failed(session, message_id, by, failure, now)
    return _settle(session, message_id, by, status=MessageStatus.DUE, failure=failure, claimed_until=again_at)


def settle_failed(
    session: Session, message_id: int, by: str, failure: str, now: datetime, unreachable: bool = False
) -> bool:
    """It will never arrive. `unreachable`: neither will anything else, so that nobody counts on this contact point."""
    settled = _settle(session, message_id, by, status=MessageStatus.FAILED, failure=failure)
    if settled and unreachable:
        message = session.get_one(Message, message_id)
        conversation = session.get_one(Conversation, message.conversation_id)
        contact = session.get_one(ContactPoint, conversation.contact_point_id)
        contact.unreachable_since = contact.unreachable_since or now
    return settled


def mark_reach(session: Session, keys: Keys, address: Address, reachable: bool, now: datetime) -> None:
    """The channel tells, or a new line shows, whether anything arrives there. Who is not known stays unknown."""
    contact = find_contact_point(session, keys, address)
    if contact is not None:
        contact.unreachable_since = None if reachable else contact.unreachable_since or now


def retry_delay(attempts: int) -> timedelta:
    """2, 4, 8 ... seconds, at most a quarter of an hour."""
    return timedelta(seconds=min(2 ** min(attempts, 10), 900))


def _ready(now: datetime) -> ColumnElement[bool]:
    left_alone = or_(Message.claimed_until.is_(None), Message.claimed_until <= now)
    return and_(Message.status.in_(OPEN_OUTGOING), Message.due_at <= now, left_alone)


def _held_back(now: datetime) -> ColumnElement[bool]:
    """Only by a message that is due itself: a reminder planned for next month holds up no answer of today."""
    earlier = aliased(Message)
    return exists().where(
        earlier.conversation_id == Message.conversation_id,
        earlier.status.in_(OPEN_OUTGOING),
        earlier.due_at <= now,
        earlier.seq < Message.seq,
    )


def _settle(session: Session, message_id: int, by: str, **values: Any) -> bool:
    statement = (
        update(Message)
        .where(Message.id == message_id, Message.claimed_by == by, Message.kind != MessageKind.LINE)
        .values({"claimed_by": None, "claimed_until": None} | values)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(statement).first() is not None


def _claim(keys: Keys, message: Message, contact: ContactPoint, by: str, now: datetime) -> DueMessage | None:
    message.status = MessageStatus.SENDING
    message.attempts += 1
    # A message that kills its sender time and again is tried less and less often.
    message.claimed_by, message.claimed_until = by, now + max(LEASE, retry_delay(message.attempts))
    try:
        return _due(keys, message, contact)
    except (ServiceError, LookupError, TypeError):
        # Sealed with another key, or a detail that is not ours. It must not hold up the messages of others.
        message.status, message.failure = MessageStatus.DUE, "unreadable"
        message.claimed_by, message.claimed_until = None, now + UNREADABLE_AGAIN
        return None


def _due(keys: Keys, message: Message, contact: ContactPoint) -> DueMessage:
    return DueMessage(
        id=message.id,
        seq=message.seq,
        conversation_id=message.conversation_id,
        municipality_id=message.municipality_id,
        channel=contact.channel,
        address=keys.unseal(contact.sealed_address or ""),
        text=message.text,
        buttons=tuple(Button(**b) for b in message.detail.get("buttons", [])),
        sources=tuple(s["text"] for s in message.detail.get("sources", [])),
        figures_date=amounts_since(message.detail),
        language=message.language,
        attempts=message.attempts,
        sender=message.detail.get("sender") if message.kind is MessageKind.STAFF else None,
        to_judge=may_be_judged(message),
        way=Way(**message.detail["way"]) if "way" in message.detail else None,
    )
