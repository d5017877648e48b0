"""Reminders: a message that is planned now and said when its time comes; asked for, moved and forgotten until then.

A planned message is a row of the transcript without a place in it. When it is due, whoever holds its lease looks again
and gives it the next place, in one transaction; from then on it is a message like any other (docs/adr/0004).
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import ChecklistItem, Conversation, Message, MessageKind, MessageStatus
from services.calendar import AMSTERDAM, day_here
from services.errors import NotInThePast, TooFarAway
from services.needed import renew_need
from services.office_hours import is_holiday
from services.outbox import LEASE, retry_delay

AT = time(10, 0)
"""On the clock here: the offices are open and nobody is woken."""
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
DAYS_BEFORE = 2
FURTHEST = timedelta(days=366)
SATURDAY = 5


def sensible_moment(due_on: date | None, now: datetime) -> datetime:
    """A working day at least two days before, so that there is still time; tomorrow when that is over."""
    if due_on is None:
        return moment_on(_working_day(day_here(now) + timedelta(days=7)))
    return max(moment_on(_working_day(due_on - timedelta(days=DAYS_BEFORE))), tomorrow(now))


def tomorrow(now: datetime) -> datetime:
    return moment_on(day_here(now) + timedelta(days=1))


def week_before(due_on: date, now: datetime) -> datetime | None:
    """None when that is over."""
    moment = moment_on(due_on - timedelta(days=7))
    return moment if moment > now else None


def moment_on(day: date) -> datetime:
    """The moment of a reminder on that day, summer or winter."""
    return datetime.combine(day, AT, AMSTERDAM).astimezone(UTC)


def is_quiet(now: datetime) -> bool:
    """Whether people sleep: what is due then waits until the morning."""
    clock = now.astimezone(AMSTERDAM).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def plan_reminder(
    session: Session, conversation: Conversation, item: ChecklistItem, at: datetime, now: datetime
) -> Message:
    """Remind of this thing at that moment, instead of any moment before. The caller holds the conversation's lock.

    Raises NotInThePast or TooFarAway.
    """
    if at <= now:
        raise NotInThePast
    if at > now + FURTHEST:
        raise TooFarAway
    planned = _planned(session, item)
    if planned is None:
        planned = _new(session, conversation, now)
        session.add(planned)
    planned.due_at, planned.claimed_by, planned.claimed_until = at, None, None
    session.flush()
    item.reminder_id = planned.id
    renew_need(session, conversation, now)
    return planned


def forget_reminder(session: Session, item: ChecklistItem) -> None:
    """Nobody has to be reminded of this any more. What was said already stays said."""
    planned = _planned(session, item)
    if planned is not None:
        item.reminder_id = None
        session.flush()
        session.delete(planned)


def claim_reminders(session: Session, by: str, now: datetime, limit: int = 100) -> list[int]:
    """Take those whose time has come, with a lease. None at night.

    In the order of their conversations: who says several in one transaction locks them in that order.
    """
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


def held_reminder(session: Session, reminder_id: int, by: str) -> tuple[Conversation, Message] | None:
    """The conversation, locked, and the reminder that waits in it; None when there is nothing to say any more."""
    query = select(Conversation).join(Message, Message.conversation_id == Conversation.id)
    query = query.where(Message.id == reminder_id)
    conversation = session.scalar(query.with_for_update(of=Conversation).execution_options(populate_existing=True))
    planned = session.get(Message, reminder_id, populate_existing=True)
    if conversation is None or planned is None or planned.conversation_id != conversation.id:
        return None
    if planned.status is not MessageStatus.PLANNED or planned.claimed_by != by:
        return None
    return conversation, planned


def _planned(session: Session, item: ChecklistItem) -> Message | None:
    """That of this thing, as long as it was not said."""
    planned = session.get(Message, item.reminder_id) if item.reminder_id is not None else None
    return planned if planned is not None and planned.status is MessageStatus.PLANNED else None


def _new(session: Session, conversation: Conversation, now: datetime) -> Message:
    """Without words yet: they are of the day on which it is said."""
    lowest = session.scalar(
        select(func.min(Message.seq)).where(
            Message.municipality_id == conversation.municipality_id, Message.conversation_id == conversation.id
        )
    )
    return Message(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        seq=min(lowest or 0, 0) - 1,
        kind=MessageKind.REMINDER,
        status=MessageStatus.PLANNED,
        text="",
        language=conversation.language,
        created_at=now,
    )


def _working_day(day: date) -> date:
    """That day, or the last one before it on which offices are open."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day -= timedelta(days=1)
    return day
