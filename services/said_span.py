"""A stretch of days as people say it: `volgende week`, `half december`, `na 3 december`, `tussen 7 en 11 december`."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from services.said_day import MONTHS, WEEKDAYS, find_day

type Span = tuple[date | None, date | None]
"""The first and the last day; None: no bound there."""

A_WEEKDAY = "|".join(f"(?:{names})" for names in WEEKDAYS)
A_MONTH = "|".join(f"(?:{names})" for names in MONTHS)
COUNT = r"(?P<count>\d{1,2}|een|één|a|one|twee|two|paar|couple of|drie|three|vier|four|zes|six)"
COUNTS = {
    "een": 1, "één": 1, "a": 1, "one": 1, "twee": 2, "two": 2, "paar": 2, "couple of": 2, "drie": 3, "three": 3,
    "vier": 4, "four": 4, "zes": 6, "six": 6,
}  # fmt: skip
A_DAY = (
    rf"(?:(?:{A_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?\b|(?:de |the )?\d{{1,2}}(?:e|ste|st|nd|rd"
    rf"|th)?\s+(?:of\s+)?(?:{A_MONTH})(?:\s+20\d\d)?|\d{{1,2}}[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?"
    rf"|(?:de|the)\s+\d{{1,2}}(?:e|ste|de|st|nd|rd|th)|(?:volgende week |next )?(?:{A_WEEKDAY})(?! over)"
    rf"|overmorgen|morgen|tomorrow|vandaag|today)"
)
FEASTS = r"(?:de )?(?:kerst\w*|christmas|feestdagen|oud en nieuw|nieuwjaar|new year)"
BOUND = re.compile(
    r"\b(?P<bound>(?:niet|not) (?:voor|vóór|eerder dan|before|na|after|later dan|later than)|pas (?:na|vanaf)"
    r"|tot en met|t/m|uiterlijk|na|after|vanaf|from|voor|vóór|before|tot|until|by)(?: in)? (?:de |the |het )?$"
)
"""Before a whole week or month."""
EDGE = r"(?P<edge>begin|start of|eind\w*|end of|laatst\w*|half|halverwege|midden|middle of|mid)"


def monday(today: date, weeks: int) -> date:
    return today + timedelta(days=7 * weeks - today.weekday())


def week(today: date, weeks: int) -> Span:
    """Until its Sunday. What of it is over does no harm: nothing is free there any more."""
    return monday(today, weeks), monday(today, weeks) + timedelta(days=6)


def _edge_of_week(found: re.Match[str], today: date) -> Span:
    which = found["which"] or ""
    first = monday(today, 1 if re.match("volgende|next|komende", which) else 0)
    days = {"b": (0, 1), "s": (0, 1), "e": (3, 4), "l": (3, 4)}.get(found["edge"][0], (1, 3))
    return first + timedelta(days=days[0]), first + timedelta(days=days[1])


def _week(found: re.Match[str], today: date) -> Span:
    word = found[0]
    if re.match("deze|this|later", word):
        return week(today, 0)
    if re.match("komende|coming", word):
        return today, today + timedelta(days=7)
    return week(today, 2) if re.search("daarna|erna|after next", word) else week(today, 1)


def bounded(span: Span, before: str) -> Span:
    """`na volgende week`: from the day after it. `before`: what stands before the stretch."""
    since, until = span
    found = BOUND.search(before)
    if found is None or since is None or until is None:
        return span
    word = found["bound"]
    if re.match(r"(?:niet|not) (?:na|after|later)|tot en met|t/m|uiterlijk|by", word):
        return None, until
    if re.match(r"na\b|pas na|after", word):
        return until + timedelta(days=1), None
    if re.match(r"niet|not|vanaf|pas vanaf|from", word):
        return since, None
    return None, since - timedelta(days=1)


def _ahead(found: re.Match[str], today: date) -> Span:
    count = COUNTS.get(found["count"]) or int(found["count"])
    if found["unit"].startswith(("d", "D")):
        day = today + timedelta(days=count)
        return day, day + timedelta(days=2) if found["count"] in ("paar", "couple of") else day
    if found["unit"].startswith(("m", "j", "y")):
        return week(today + timedelta(days=(30 if found["unit"].startswith("m") else 365) * count), 0)
    return week(today, count)


def _within(found: re.Match[str], today: date) -> Span:
    count, unit = COUNTS.get(found["count"]) or int(found["count"]), found["unit"][0]
    return today, today + timedelta(days=count * {"d": 1, "w": 7}.get(unit, 30))


def _month(found: re.Match[str], today: date) -> Span:
    """A month, its beginning, middle or end."""
    named = found["named"]
    number = next((n for n, names in enumerate(MONTHS, 1) if re.fullmatch(names, named)), None)
    if number is None:
        number = today.month % 12 + 1 if re.match("volgende|next", named) else today.month
    year = today.year + (number < today.month)
    last = calendar.monthrange(year, number)[1]
    first, end = {"b": (1, 10), "s": (1, 10), "h": (11, 20), "m": (11, 20), "e": (21, last), "l": (21, last)}.get(
        (found["edge"] or " ")[0], (1, last)
    )
    return max(date(year, number, first), today), date(year, number, end)


def _next_year(_found: re.Match[str], today: date) -> Span:
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)


def _bound(found: re.Match[str], today: date) -> Span:
    said = find_day(found["day"], today)
    if said is None:
        return None, None
    word = found["bound"]
    if re.search(r"niet (?:voor|vóór|eerder)|not before|vanaf|from|since", word):
        return said.day, None
    if re.match(r"na\b|after|pas na", word):
        return said.day + timedelta(days=1), None
    if re.search(r"uiterlijk|tot en met|t/m|by|niet (?:na|later)|not (?:after|later)|until", word):
        return None, said.day
    return None, said.day - timedelta(days=1)


def _between(found: re.Match[str], today: date) -> Span:
    last = find_day(found["last"], today)
    if last is None:
        return None, None
    try:
        first = last.day.replace(day=int(found["first"]))
    except ValueError:
        return None, last.day
    return first, last.day


def _around(found: re.Match[str], today: date) -> Span:
    said = find_day(found["day"], today)
    return (said.day - timedelta(days=2), said.day + timedelta(days=2)) if said else (None, None)


def _week_of(found: re.Match[str], today: date) -> Span:
    said = find_day(found["day"], today)
    return week(said.day, 0) if said else (None, None)


def _numbered(found: re.Match[str], today: date) -> Span:
    """A week by its number; of next year when it is over."""
    for year in (today.year, today.year + 1):
        try:
            first = date.fromisocalendar(year, int(found["number"]), 1)
        except ValueError:
            continue
        if first + timedelta(days=6) >= today:
            return first, first + timedelta(days=6)
    return None, None


def _feast(found: re.Match[str], today: date) -> Span:
    new_year = re.search("nieuw|new", found[0]) is not None
    if re.match("na|after", found[0]):
        return (date(today.year + 1, 1, 2) if new_year else date(today.year, 12, 27)), None
    return None, date(today.year, 12, 30 if new_year else 24)


def _weekend(found: re.Match[str], today: date) -> Span:
    friday = monday(today, 0) + timedelta(days=4)
    return (monday(today, 1), None) if re.match("na|after", found[0]) else (None, max(friday, today))


THE_WEEK = r"(?:(?:van |of )?(?:de |the )?(?P<which>volgende|next|deze|this|komende)?\s*)"
PATTERNS: tuple[tuple[str, Callable[[re.Match[str], date], Span]], ...] = (
    (rf"\b(?:week van|week of)\s+(?:de |the )?(?P<day>{A_DAY})", _week_of),
    (r"\bweek\s+(?P<number>[1-5]?\d)\b", _numbered),
    (
        rf"\b(?:tussen|between|van|from)\s+(?:de |the )?(?P<first>\d{{1,2}})\s+(?:en|and"
        rf"|tot(?: en met)?|to|t/m)\s+(?P<last>{A_DAY})",
        _between,
    ),
    (rf"\b(?:rond|omstreeks|around)\s+(?P<day>{A_DAY})", _around),
    (
        rf"\b(?P<bound>(?:niet|not|liever niet)\s+(?:voor|vóór|eerder dan|before|na|after|later dan)"
        rf"|tot en met|t/m|uiterlijk|pas na"
        rf"|voor|vóór|before|tot|until|by|na|after|vanaf|from|since)\s+(?P<day>{A_DAY})",
        _bound,
    ),
    (rf"\b(?:na|after|voor|vóór|before)\s+{FEASTS}", _feast),
    (r"\b(?:na|after|voor|vóór|before)\s+(?:het |the )?weekend\b", _weekend),
    (rf"\b{EDGE}\s+{THE_WEEK}week\b", _edge_of_week),
    (
        r"\bvolgende week of (?:de week )?(?:daarna"
        r"|erna)\b",
        lambda _f, today: (monday(today, 1), monday(today, 2) + timedelta(days=6)),
    ),
    (
        r"\b(?:(?:deze|this|later deze|later this|volgende|next|komende|coming) week|week (?:daarna"
        r"|erna|after next))\b",
        _week,
    ),
    (rf"\b(?:binnen|within)\s+{COUNT}\s+(?P<unit>dag\w*|days?|we(?:ek|ken|eks)|maand\w*|months?)\b", _within),
    (
        rf"(?<!dag )(?<!day )\b(?:over|in)\s+(?:een\s+|a\s+)?{COUNT}\s+(?P<unit>dag\w*|days?|we(?:ek"
        rf"|ken|eks)|maand\w*|months?|jaar|years?)\b",
        _ahead,
    ),
    (
        r"\b(?:de |the )?(?:komende|next few|coming) (?:dagen"
        r"|days)\b",
        lambda _f, today: (today, today + timedelta(days=4)),
    ),
    (r"\b(?:volgende? jaar|next year)\b", _next_year),
    (
        rf"(?:\b{EDGE}\s+(?:van |of )?)?(?<!\d )(?<!\de )\b(?P<named>{A_MONTH}|(?:volgende|next|deze"
        rf"|this) (?:maand|month))\b(?! \d)",
        _month,
    ),
)
SPANS = tuple((re.compile(pattern), reading) for pattern, reading in PATTERNS)
"""The more exactly a stretch is said, the earlier it is looked for."""
