"""Due messages: claim, send (the door does that), settle. At least once: see docs/adr/0004.

`due_at` is when a message should go out and never changes, so that lateness can be told afterwards. `claimed_until` is
how long it is left alone: by everybody while one process sends it, and by all after a passing trouble.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.models import Channel, ContactPoint, Conversation, Message, MessageKind, MessageStatus
from db.models.message import OPEN_OUTGOING
from services.conversations import Address, find_contact_point
from services.errors import ServiceError
from services.feedback import may_be_judged
from services.keys import Keys
from services.reminding.attempts import SENT, note_row, times_tried
from services.reminding.moments import after_the_quiet, is_quiet
from services.reminding.onward import go_on
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
    held_until: datetime | None = None
    """The end of the lease: after it another process may send it."""
    useful_until: datetime | None = None
    reminder: bool = False


_USEFUL = select(Message.kind, Message.due_at, Message.useful_until).where(Message.id == bindparam("message"))
# Written down once: every message that is sent goes through it, and building it takes longer than running it.
_SETTLE = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.claimed_by == bindparam("by"), Message.kind != MessageKind.LINE)
    .values(
        status=bindparam("to"),
        failure=bindparam("why"),
        sent_at=bindparam("sent"),
        claimed_by=None,
        claimed_until=bindparam("until"),
    )
    .returning(
        Message.municipality_id,
        Message.about,
        select(Conversation.channel).where(Conversation.id == Message.conversation_id).scalar_subquery(),
    )
    .execution_options(synchronize_session=False)
)


def claim_due(
    session: Session,
    keys: Keys,
    by: str,
    now: datetime,
    limit: int = 20,
    channels: Collection[Channel] = PUSHING,
    reminders: bool | None = None,
) -> list[DueMessage]:
    """Take the next due message of each conversation. An earlier one that is still open keeps the later ones back.

    `reminders`: only those, or all but those; None: both.
    """
    query = (
        select(Message, ContactPoint)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(_ready(now), ~_held_back(now), ContactPoint.channel.in_(channels))
        .order_by(Message.due_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Message)
    )
    if reminders is not None:
        query = query.where(Message.kind == MessageKind.REMINDER if reminders else Message.kind != MessageKind.REMINDER)
    claimed = [_claim(keys, message, contact, by, now) for message, contact in session.execute(query)]
    return [due for due in claimed if due is not None]


def settle_sent(session: Session, message_id: int, by: str, now: datetime) -> bool:
    """It is with the channel. False when it was wiped, or claimed by another process meanwhile."""
    return _settle(session, message_id, by, MessageStatus.SENT, SENT, now)


def settle_later(
    session: Session, message_id: int, by: str, failure: str, again_at: datetime, now: datetime, tried: bool = True
) -> bool:
    """A passing trouble: tried again at `again_at`, until it is no longer of use. A reminder is not tried at night.

    Not `tried`: it was kept back before anything was sent, and is no evidence of anything.
    """
    found = session.execute(_USEFUL, {"message": message_id}).first()
    if found is not None:
        kind, due_at, useful_until = found
        again_at = after_the_quiet(again_at) if kind is MessageKind.REMINDER else again_at
        last = useful_until or (due_at + GIVE_UP_AFTER if due_at is not None else again_at)
        if again_at > last:
            return settle_failed(session, message_id, by, failure, now)
    result = failure if tried else None
    return _settle(session, message_id, by, MessageStatus.DUE, result, now, failure, again_at)


def settle_failed(
    session: Session, message_id: int, by: str, failure: str, now: datetime, unreachable: bool = False
) -> bool:
    """It will never arrive. `unreachable`: neither will anything else, so that nobody counts on this contact point.

    A reminder goes on to the next contact point of the same person, or becomes a task of a caseworker.
    """
    settled = _settle(session, message_id, by, MessageStatus.FAILED, failure, now, failure)
    if settled:
        message = session.get_one(Message, message_id, populate_existing=True)
        if unreachable:
            conversation = session.get_one(Conversation, message.conversation_id)
            contact = session.get_one(ContactPoint, conversation.contact_point_id)
            contact.unreachable_since = contact.unreachable_since or now
            session.flush()
        if message.about is not None:
            go_on(session, message, now)
    return settled


def mark_reach(session: Session, keys: Keys, address: Address, reachable: bool, now: datetime) -> None:
    """The channel tells, or a new line shows, whether anything arrives there. Who is not known stays unknown."""
    contact = find_contact_point(session, keys, address)
    if contact is not None:
        contact.unreachable_since = None if reachable else contact.unreachable_since or now


def pause_after(session: Session, due: DueMessage) -> timedelta:
    """Of a reminder counts how often it was tried itself: it is claimed with others, and taken again with all of them
    when a process dies."""
    return retry_delay(times_tried(session, due.id) + 1 if due.reminder else due.attempts)


def retry_delay(attempts: int) -> timedelta:
    """2, 4, 8 ... seconds, at most a quarter of an hour."""
    return timedelta(seconds=min(2 ** min(attempts, 10), 900))


def _ready(now: datetime) -> ColumnElement[bool]:
    left_alone = or_(Message.claimed_until.is_(None), Message.claimed_until <= now)
    # A reminder wakes nobody, and is not sent when it is of no use any more (services/reminding/claim.py).
    useful = or_(Message.useful_until.is_(None), Message.useful_until > now)
    if is_quiet(now):
        useful = and_(useful, Message.kind != MessageKind.REMINDER)
    return and_(Message.status.in_(OPEN_OUTGOING), Message.due_at <= now, left_alone, useful)


def _held_back(now: datetime) -> ColumnElement[bool]:
    """By an answer that is due itself. A reminder holds up nothing: it may wait for the morning or for its turn."""
    earlier = aliased(Message)
    return exists().where(
        earlier.conversation_id == Message.conversation_id,
        earlier.status.in_(OPEN_OUTGOING),
        earlier.kind != MessageKind.REMINDER,
        earlier.due_at <= now,
        earlier.seq < Message.seq,
    )


def _settle(
    session: Session,
    message_id: int,
    by: str,
    status: MessageStatus,
    result: str | None,
    now: datetime,
    failure: str | None = None,
    again_at: datetime | None = None,
) -> bool:
    """`result`: what came of it, for the evidence of a reminder; None when there is nothing to tell."""
    values = {
        "message": message_id, "by": by, "to": status, "why": failure, "until": again_at,
        "sent": now if status is MessageStatus.SENT else None,
    }  # fmt: skip
    settled = session.execute(_SETTLE, values).first()
    if settled is not None and settled.about is not None and result is not None:
        note_row(session, settled.municipality_id, message_id, settled.about, settled[2], result, now)
    return settled is not None


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
        held_until=message.claimed_until,
        useful_until=message.useful_until,
        reminder=message.kind is MessageKind.REMINDER,
    )
