"""What stands on every page of a caseworker: how many tasks wait for him, and whether reminders do not go out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import StaffTask
from services.reminding.moments import is_quiet
from services.reminding.overdue import LATE, overdue_reminders


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
    overdue = overdue_reminders(session, municipality_id, now)
    return overdue.count if overdue is not None else 0
