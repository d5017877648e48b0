"""What a form of the staff's pages brings: days, times and numbers as a browser writes them."""

from datetime import UTC, date, datetime, time

from services.calendar import AMSTERDAM
from services.errors import ServiceError

EARLIEST, LATEST = 2020, 2100
"""Years between which a day is no slip of the keyboard."""


class DayMissing(ServiceError):
    """A day or a time was not filled in."""


class OnlyDayMissing(DayMissing):
    """A day was not filled in; no time is asked for."""


def a_day(given: str) -> date | None:
    """`2026-11-23`; None for anything else."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if EARLIEST <= day.year < LATEST else None


def a_birthday(given: str) -> date | None:
    """As `a_day`, of longer ago."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def a_time(given: str) -> time | None:
    """`09:00`; None for anything else."""
    try:
        found = time.fromisoformat(given)
    except ValueError:
        return None
    return found.replace(second=0, microsecond=0) if found.tzinfo is None else None


def a_number(given: str) -> int | None:
    """Digits of a length that every column of numbers can hold."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


def moment(day: date, clock: time) -> datetime:
    """That time on the clock here, summer or winter."""
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)
