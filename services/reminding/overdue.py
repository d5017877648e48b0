"""Reminders that should have been said or sent and were not: the alarm of the portal and of who watches over it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import Message, MessageKind, MessageStatus
from db.models.message import OPEN_OUTGOING

LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Overdue:
    count: int
    since: datetime
    """When the first of them should have come."""


def overdue_reminders(session: Session, municipality_id: int, now: datetime) -> Overdue | None:
    """None when all is well. One that waits for its channel, which is away, counts as well."""
    query = select(func.count(), func.min(Message.due_at)).where(
        Message.municipality_id == municipality_id, *_late(now)
    )
    count, since = session.execute(query).one()
    return Overdue(count, since) if count and since is not None else None


def is_behind(session: Session, now: datetime) -> bool:
    """Of all municipalities together."""
    return session.scalars(select(Message.id).where(*_late(now)).limit(1)).first() is not None


def _late(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Message.kind == MessageKind.REMINDER,
        Message.status.in_((MessageStatus.PLANNED, *OPEN_OUTGOING)),
        Message.due_at <= now - LATE,
    )
