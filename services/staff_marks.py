"""What stands on every page of a caseworker: how many tasks wait for him, and whether reminders do not go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Message, MessageKind, MessageStatus, StaffTask
from services.reminding.moments import is_quiet

LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Marks:
    tasks: int = 0
    """Open ones of this colleague and of the team."""
    late: int = 0
    """Reminders of this municipality that should have been said a quarter of an hour ago."""


def read_marks(session: Session, municipality_id: int, account_id: int, now: datetime) -> Marks:
    tasks = select(func.count()).select_from(StaffTask)
    tasks = tasks.where(
        StaffTask.municipality_id == municipality_id,
        StaffTask.done_at.is_(None),
        or_(StaffTask.account_id == account_id, StaffTask.account_id.is_(None)),
    )
    return Marks(session.scalars(tasks).one(), late_reminders(session, municipality_id, now))


def late_reminders(session: Session, municipality_id: int, now: datetime) -> int:
    """None at night, and none in the first quarter of the morning: what waited for it goes out then."""
    if is_quiet(now) or is_quiet(now - LATE):
        return 0
    query = select(func.count()).where(
        Message.municipality_id == municipality_id,
        Message.status == MessageStatus.PLANNED,
        Message.kind == MessageKind.REMINDER,
        Message.due_at <= now - LATE,
    )
    return session.scalars(query).one()
