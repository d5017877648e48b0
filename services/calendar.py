"""Moments and dates as people here say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day_here(now: datetime) -> date:
    """The calendar day in the Netherlands, which decides the law and the figures."""
    return now.astimezone(AMSTERDAM).date()


def in_words(day: date, language: str) -> str:
    """`1 juli 2026`, `1 July 2026`."""
    return format_date(day, "d MMMM y", locale="en_GB" if language == "en" else "nl")


def weekday_name(day: date, language: str) -> str:
    """`woensdag`, `Wednesday`."""
    return format_date(day, "EEEE", locale="en_GB" if language == "en" else "nl")


def day_and_time(moment: datetime, language: str) -> str:
    """`maandag 23 november 2026, 17.00`: a promise leaves no doubt about the day."""
    day = format_date(day_here(moment), "EEEE d MMMM y", locale="en_GB" if language == "en" else "nl")
    return f"{day}, {clock_time(moment)}"


def short_day_and_time(moment: datetime, language: str) -> str:
    """`ma 23 nov, 17.00`: for a button."""
    day = format_date(day_here(moment), "EEE d MMM", locale="en_GB" if language == "en" else "nl")
    return f"{day}, {clock_time(moment)}"


def clock_time(now: datetime) -> str:
    """`14.05`"""
    return now.astimezone(AMSTERDAM).strftime("%H.%M")
