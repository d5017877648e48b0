"""Take the reminders whose time has come, with a lease; and give up those that are of no use any more."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, MessageStatus
from db.models.message import OPEN_OUTGOING
from services.outbox import LEASE, retry_delay
from services.reminding.attempts import TOO_LATE, note_attempt
from services.reminding.follow import follow_up
from services.reminding.moments import is_quiet
from services.reminding.onward import hand_on, person_in


def claim_reminders(session: Session, by: str, now: datetime, limit: int = 100) -> list[int]:
    """None at night. In the order of their conversations: who says several in one transaction locks them in that
    order."""
    if is_quiet(now):
        return []
    query = (
        select(Message)
        .where(
            Message.status == MessageStatus.PLANNED,
            Message.due_at <= now,
            or_(Message.claimed_until.is_(None), Message.claimed_until <= now),
        )
        .order_by(Message.due_at, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = session.scalars(query).all()
    for planned in claimed:
        planned.attempts += 1
        # One that breaks its sender time and again is tried less and less often, and holds up nobody.
        planned.claimed_by, planned.claimed_until = by, now + max(LEASE, retry_delay(planned.attempts))
    return [planned.id for planned in sorted(claimed, key=lambda planned: (planned.conversation_id, planned.id))]


def give_up_late(session: Session, now: datetime, limit: int = 100) -> int:
    """What is too late to be said or sent is not sent any more; a caseworker hears of it. At every hour.

    One that another process is sending at this moment is left to it.
    """
    query = (
        select(Message, Conversation.channel)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.kind == MessageKind.REMINDER,
            Message.status.in_((MessageStatus.PLANNED, *OPEN_OUTGOING)),
            Message.due_at <= now,
            Message.useful_until <= now,
            or_(Message.claimed_until.is_(None), Message.claimed_until <= now, Message.status == MessageStatus.DUE),
        )
        .order_by(Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Message)
    )
    late = session.execute(query).all()
    for message, channel in late:
        planned = message.status is MessageStatus.PLANNED
        message.status = MessageStatus.CANCELLED if planned else MessageStatus.FAILED
        message.failure, message.claimed_by, message.claimed_until = TOO_LATE, None, None
        note_attempt(session, message, channel, TOO_LATE, now)
        session.flush()
        hand_on(session, message, person_in(session, message), now)
        follow_up(session, message, now)
    return len(late)
