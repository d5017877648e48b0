"""How a stretch of time is told on the staff's pages: in whole days when it is whole days."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from services.calendar import AMSTERDAM, clock_time, day_here

MIDNIGHT = time(0)


def short_day(day: date) -> str:
    """`di 24 nov`"""
    return format_date(day, "EEE d MMM", locale="nl").replace(".", "")


def long_day(day: date) -> str:
    """`dinsdag 24 november`"""
    return format_date(day, "EEEE d MMMM", locale="nl")


def stretch(begins_at: datetime, ends_at: datetime) -> str:
    """`di 24 nov 9.00–12.00`, `di 24 nov`, `di 24 t/m vr 27 nov`."""
    first, last = day_here(begins_at), day_here(ends_at - timedelta(microseconds=1))
    if _is_midnight(begins_at) and _is_midnight(ends_at):
        return short_day(first) if first == last else f"{short_day(first)} t/m {short_day(last)}"
    if first == last:
        return f"{short_day(first)} {clock_time(begins_at)}–{clock_time(ends_at)}"
    return f"{short_day(first)} {clock_time(begins_at)} t/m {short_day(last)} {clock_time(ends_at)}"


def _is_midnight(moment: datetime) -> bool:
    return moment.astimezone(AMSTERDAM).time() == MIDNIGHT
