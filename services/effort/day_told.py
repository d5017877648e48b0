"""On which day somebody did what he tells: today, yesterday, last Tuesday. It lies behind us."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from services.said_day import COUNTS, NUMBER, WEEKDAYS, find_day

A_WEEKDAY = "|".join(WEEKDAYS)
LAST = r"(?:vorige|afgelopen|last)\s+"


def _days_back(count: int) -> Callable[[re.Match[str], date], date]:
    return lambda _found, today: today - timedelta(days=count)


def _ago(found: re.Match[str], today: date) -> date:
    said = found["count"]
    count = int(said) if said.isdigit() else next(n for n, word in enumerate(COUNTS, 1) if re.fullmatch(word, said))
    return today - timedelta(days=count * (7 if found["unit"].startswith("w") else 1))


def _weekday_of_last_week(found: re.Match[str], today: date) -> date:
    return today - timedelta(days=today.weekday() + 7 - _weekday(found["weekday"]))


def _last_weekday(found: re.Match[str], today: date) -> date:
    """`dinsdag`: today when it is one, otherwise the last; `afgelopen dinsdag` is never today."""
    back = (today.weekday() - _weekday(found["weekday"])) % 7
    return today - timedelta(days=back or (7 if found["last"] else 0))


def _weekday(said: str) -> int:
    return next(n for n, names in enumerate(WEEKDAYS) if re.fullmatch(names, said))


READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(r"\b(?:eergister\w*|the day before yesterday)"), _days_back(2)),
    (re.compile(r"\b(?:gister\w*|yesterday|last night)"), _days_back(1)),
    (
        re.compile(rf"\b(?P<count>{NUMBER})\s+(?P<unit>dag|dagen|days?|we(?:ek|ken|eks))\s+(?:geleden|terug|ago)\b"),
        _ago,
    ),
    (re.compile(rf"\b(?:vorige|last)\s+week\s+(?:op\s+|on\s+)?(?P<weekday>{A_WEEKDAY})"), _weekday_of_last_week),
    (re.compile(rf"\b(?P<weekday>{A_WEEKDAY})\s+(?:vorige|last)\s+week\b"), _weekday_of_last_week),
    (re.compile(r"\b(?:vorige|afgelopen|last)\s+week\b"), _days_back(7)),
    (re.compile(rf"\b(?P<last>{LAST})?(?P<weekday>{A_WEEKDAY})(?!\s+(?:volgende|next))"), _last_weekday),
    (re.compile(r"\b(?:vandaag|vanochtend|vanmorgen|vanmiddag|vanavond|zojuist|daarnet|today|this morning|just now)\b"),
     _days_back(0)),
)  # fmt: skip


def find_past_day(text: str, today: date) -> date | None:
    """The day that the line names; one that is still to come when that is what it says, and None without a day."""
    line = text.casefold()
    for pattern, reading in READINGS:
        if found := pattern.search(line):
            return reading(found, today)
    # `was` tells it that a day without a year lies behind us.
    said = find_day(f"was {line}", today)
    return said.day if said else None
