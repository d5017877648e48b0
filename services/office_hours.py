"""When somebody of the municipality answers in the chat: its own week, without the public holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import holidays

from db.models import Municipality
from services.calendar import AMSTERDAM, day_here

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOOKS_AHEAD = 60
"""Days. Who is closed for longer has hours that nobody can make a promise by."""


@dataclass(frozen=True)
class Opening:
    """One office day."""

    opens: datetime
    closes: datetime


def hours_known(town: Municipality) -> bool:
    """Whether the municipality has told when somebody answers."""
    return bool(town.settings.get("chat_hours"))


def open_now(town: Municipality, now: datetime) -> bool:
    opening = _on(town, day_here(now))
    return opening is not None and opening.opens <= now < opening.closes


def closing_today(town: Municipality, now: datetime) -> datetime | None:
    """When it closes, as long as it is open."""
    opening = _on(town, day_here(now))
    return opening.closes if opening is not None and opening.opens <= now < opening.closes else None


def next_opening(town: Municipality, now: datetime) -> Opening | None:
    """The next time that it opens: today, when that is still to come. None: not known, or not for a long time."""
    days = (day_here(now) + timedelta(days=ahead) for ahead in range(LOOKS_AHEAD))
    openings = (_on(town, day) for day in days)
    return next((opening for opening in openings if opening is not None and opening.opens > now), None)


def _on(town: Municipality, day: date) -> Opening | None:
    hours = town.settings.get("chat_hours") or {}
    span = hours.get(WEEK[day.weekday()])
    if span is None or closed_on(town, day):
        return None
    opens, closes = (_moment(day, clock) for clock in span.split("-"))
    return Opening(opens, closes)


def closed_on(town: Municipality, day: date) -> bool:
    """A public holiday on which it does not work, or a day that it has off itself."""
    hours: dict[str, Any] = town.settings.get("chat_hours") or {}
    if day.isoformat() in hours.get("closed", ()):
        return True
    return is_holiday(day) and day.isoformat() not in hours.get("open_on_holidays", ())


@cache
def _holidays() -> holidays.HolidayBase:
    # It fills a year when somebody asks for a day in it.
    return holidays.country_holidays("NL")


def is_holiday(day: date) -> bool:
    """A public holiday in the Netherlands."""
    return day in _holidays()


def _moment(day: date, clock: str) -> datetime:
    """`09:00` on that day here, summer or winter."""
    return datetime.combine(day, time.fromisoformat(clock), AMSTERDAM).astimezone(UTC)
