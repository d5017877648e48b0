"""A day as people say it: `1 december`, `volgende week maandag`, `over twee weken`, `in two weeks`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "jan(?:uari|uary)?", "feb(?:ruari|ruary)?", "maart|mrt|march|mar", "apr(?:il)?", "mei|may", "juni?|june?",
    "juli?|july", "aug(?:ustus|ust)?", "sept?(?:ember)?", "okt(?:ober)?|oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
WEEKDAYS = (
    "maandag|monday", "dinsdag|tuesday", "woensdag|wednesday", "donderdag|thursday", "vrijdag|friday",
    "zaterdag|saturday", "zondag|sunday",
)  # fmt: skip
COUNTS = (
    "een|één|a|one", "twee|two", "drie|three", "vier|four", "vijf|five", "zes|six", "zeven|seven", "acht|eight",
    "negen|nine", "tien|ten",
)  # fmt: skip
# Words that stand around a day without saying anything else.
AROUND = frozenset(
    """
    a aan aanstaande al at baan be begin beginnen begint begon begonnen ben dag dan dat day de denk die eerste first
    from ga going het i ik im in is it ja job komende m met mijn my new next nieuwe of ok oke oké om on ongeveer op
    per s since sinds start started starten starting the think to uh van vanaf volgende waarschijnlijk week werk
    werkdag werken will work working yes zal
    """.split()  # noqa: SIM905  words are read more easily than a list of them
)
OVER = re.compile(r"\b(?:begonnen|begon|sinds|was|gestart|started|since|began)\b")
SAID_BACK = timedelta(days=31)
"""A day without a year that lies so shortly behind us is meant as such; otherwise it is one that comes."""
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(COUNTS)})"
A_MONTH = "|".join(f"(?:{names})" for names in MONTHS)
A_WEEKDAY = "|".join(WEEKDAYS)


@dataclass(frozen=True)
class SaidDay:
    day: date
    alone: bool
    """Whether the line says nothing else."""


def find_day(text: str, today: date) -> SaidDay | None:
    """The first day that the line names; None when it names none, or one that does not exist."""
    line = text.casefold()
    past = OVER.search(line) is not None
    for pattern, reading in READINGS:
        for found in pattern.finditer(line):
            day = reading(found, today, past)
            if day is not None:
                return SaidDay(day, _alone(line[: found.start()] + " " + line[found.end() :]))
    return None


def _alone(rest: str) -> bool:
    return set(re.findall(r"[^\W_]+", rest)) <= AROUND


def _with_year(found: re.Match[str], _today: date, _past: bool) -> date | None:
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


def _in_numbers(found: re.Match[str], today: date, past: bool) -> date | None:
    return _in_year(found["year"], int(found["month"]), int(found["day"]), today, past)


def _in_words(found: re.Match[str], today: date, past: bool) -> date | None:
    return _in_year(found["year"], _place(MONTHS, found["month"]), int(found["day"]), today, past)


def _of_month(found: re.Match[str], today: date, past: bool) -> date | None:
    """`de 15e`: of this month, or of the next when that day is over."""
    days = [day for month in range(-1, 3) if (day := _of(today, month, int(found["day"])))]
    return _choose(days, today, past, timedelta(0))


def _first_of_next(_found: re.Match[str], today: date, _past: bool) -> date | None:
    return _of(today, 1, 1)


def _tomorrow(found: re.Match[str], today: date, _past: bool) -> date | None:
    word = found[0]
    ahead = 0 if re.fullmatch("vandaag|today", word) else 2 if re.search("over|after", word) else 1
    return today + timedelta(days=ahead)


def _ahead(found: re.Match[str], today: date, _past: bool) -> date | None:
    count = int(found["count"]) if found["count"].isdigit() else _place(COUNTS, found["count"])
    if found["unit"].startswith("m"):
        return _of(today, count, today.day) or _of(today, count + 1, 1)
    return today + timedelta(days=count * (7 if found["unit"].startswith("w") else 1))


def _weekday(found: re.Match[str], today: date, past: bool) -> date | None:
    """The next one, or the last; with `volgende week` that of the week that begins on Monday."""
    weekday = _place(WEEKDAYS, found["weekday"]) - 1
    if past:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if found["before"] or found["after"]:
        return _monday_after(today) + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _next_week(_found: re.Match[str], today: date, _past: bool) -> date | None:
    return _monday_after(today)


def _in_year(year: str | None, month: int, day: int, today: date, past: bool) -> date | None:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    days = [found for ahead in (-1, 0, 1, 2) if (found := _day(today.year + ahead, month, day))]
    return _choose(days, today, past, SAID_BACK)


def _choose(days: list[date], today: date, past: bool, back: timedelta) -> date | None:
    if past:
        return max((day for day in days if day <= today), default=None)
    return min((day for day in days if day >= today - back), default=None)


def _of(today: date, months_ahead: int, day: int) -> date | None:
    years, month = divmod(today.month - 1 + months_ahead, 12)
    return _day(today.year + years, month + 1, day)


def _monday_after(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _place(names: tuple[str, ...], said: str) -> int:
    """From 1, the number of the name that was said."""
    return next(number for number, pattern in enumerate(names, 1) if re.fullmatch(pattern, said))


def _readings() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], date, bool], date | None]]]:
    """The more exactly a day is said, the earlier it is looked for."""
    day, th = r"(?P<day>\d{1,2})", r"(?:e|ste|de|st|nd|rd|th)"
    month, year = rf"(?P<month>{A_MONTH})", r"(?P<year>\d{4}|\d{2})"
    unit = r"(?P<unit>dag|dagen|days?|we(?:ek|ken|eks)|maand(?:en)?|months?)"
    before, after = (
        r"(?P<before>(?:volgende|next)\s+week\s+(?:op\s+|on\s+)?)?",
        r"(?P<after>\s+(?:volgende|next)\s+week)?",
    )
    # `8-10 uur` is not the eighth of October.
    counted = r"\s*(?:uur|uren|hours?|euro|dagen|days|km|%)"
    yield from (
        (re.compile(pattern), reading)
        for pattern, reading in (
            (rf"\b(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-{day}\b", _with_year),
            (rf"(?<![\d.,/-]){day}\.(?P<month>\d{{1,2}})\.{year}\b", _in_numbers),
            (rf"(?<![\d.,/-]){day}\s?[-/]\s?(?P<month>\d{{1,2}})(?:\s?[-/]\s?{year})?(?![\d,]|{counted})", _in_numbers),
            (rf"\b{day}{th}?\.?\s*(?:of\s+)?{month}\b\.?(?:\s+(?P<year>20\d\d))?", _in_words),
            (rf"\b{month}\s+{day}{th}?\b(?:,?\s+(?P<year>20\d\d))?", _in_words),
            (rf"\b(?:over|in)\s+(?P<count>{NUMBER})\s+{unit}\b", _ahead),
            (rf"\b{before}(?P<weekday>{A_WEEKDAY}){after}\b", _weekday),
            (
                r"\b(?:eerste|1e|1ste|first|1st)\s+(?:van|of)\s+(?:(?:de|the|volgende|next)\s+)*(?:maand|month)\b",
                _first_of_next,
            ),
            (rf"\b(?:de|the)\s+{day}{th}\b", _of_month),
            (r"\b(?:vandaag|today|overmorgen|the day after tomorrow|(?<!goede )morgen|tomorrow)\b", _tomorrow),
            (r"\b(?:volgende|next)\s+week\b", _next_week),
            (r"\b(?:volgende|next)\s+(?:maand|month)\b", _first_of_next),
        )
    )


READINGS = tuple(_readings())
