"""When somebody would like to come: `volgende week ergens in de middag, liever niet dinsdag`, `maakt niet uit`.

Days are read as everywhere in the product (services/said_day.py); of the whole lines in other languages that it cannot
read, a library knows the names of days and months.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from rapidfuzz import fuzz, process

from services.said_clock import Hours, take_parts, take_times
from services.said_day import MONTHS, WEEKDAYS, find_day
from services.said_manner import APART, DENIES, NOT_DENYING, OVER, SAME_DAY, SOONEST, WHENEVER
from services.said_span import COUNTS, SPANS, bounded, monday


class Strange(StrEnum):
    PAST = "past"
    NOT_A_DAY = "not_a_day"
    OTHER_WEEKDAY = "other_weekday"
    """Day and date do not belong together."""


@dataclass(frozen=True)
class Wish:
    """Empty: nothing was wished for. `since` and `until` both count."""

    since: date | None = None
    until: date | None = None
    weekdays: frozenset[int] = frozenset()
    not_weekdays: frozenset[int] = frozenset()
    days: frozenset[date] = frozenset()
    not_days: frozenset[date] = frozenset()
    hours: Hours = field(default_factory=Hours)
    soonest: bool = False
    whenever: bool = False
    strange: Strange | None = None
    """A day was named that cannot be meant."""

    @property
    def says_something(self) -> bool:
        return self != Wish()

    def fits_day(self, day: date) -> bool:
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if day in self.not_days or day.weekday() in self.not_weekdays:
            return False
        if not (self.days or self.weekdays):
            return True
        return day in self.days or day.weekday() in self.weekdays

    def and_also(self, other: "Wish") -> "Wish":
        """A wish that was added to: other days take the place of the days before, the hours are put together."""
        new_days = other.since or other.until or other.days or other.weekdays
        days = other if new_days else self
        return replace(
            days,
            not_weekdays=self.not_weekdays - other.weekdays | other.not_weekdays,
            not_days=self.not_days - other.days | other.not_days,
            hours=self.hours.and_also(other.hours),
            soonest=other.soonest,
            whenever=other.whenever,
            strange=other.strange,
        )

    def to_json(self) -> dict[str, Any]:
        """Only what was said. The other way round: `from_json`."""
        return TO_KEEP.dump_python(self, mode="json", exclude_defaults=True)  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Wish":
        return TO_KEEP.validate_python(data)

    def fits(self, begins: datetime) -> bool:
        """On the clock here."""
        return self.fits_day(begins.date()) and self.hours.fit(begins.time())


TO_KEEP = TypeAdapter(Wish)
A_WEEKDAY = "|".join(f"(?:{names})" for names in WEEKDAYS)
SHORT_DAYS = {"ma": 0, "di": 1, "din": 1, "wo": 2, "woe": 2, "do": 3, "don": 3, "vr": 4, "vrij": 4, "za": 5}
A_MONTH = "|".join(f"(?:{names})" for names in MONTHS)
SPELLED = (
    *(name for names in WEEKDAYS for name in names.split("|")), "ochtend", "middag", "vanmiddag", "volgende",
    "overmorgen", "december", "november", "januari", "februari", "ochtends",
)  # fmt: skip
LIKE, LETTERS = 84, 5
DATED = re.compile(
    rf"\b\d{{1,2}}(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+)?(?:{A_MONTH})\b|\b(?:{A_MONTH})\s+\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b(?!\s*(?:uur|u\b|:))"
    r"|\b\d{1,2}[-/]\d{1,2}\b"
)
LANGUAGES = ["pl", "tr", "uk", "ar", "de", "fr", "es", "ro", "bg", "ru", "so", "fa"]
"""Besides Dutch and English, of which residents often write a day in their own."""
FOREIGN = 4
"""Words. A longer line is not a day alone."""


def find_wish(text: str, today: date) -> Wish:
    """What the line says about when; empty when it says nothing about it."""
    line = _spell(text.casefold().replace("’", "'"))
    for pattern, words in SAME_DAY:
        line = pattern.sub(words, line)
    wish = Wish(soonest=SOONEST.search(line) is not None, whenever=WHENEVER.search(line) is not None)
    for clause in APART.split(line):
        wish = _with_clause(wish, clause or "", today)
    if wish.strange is None and _over(line, wish, today):
        wish = replace(wish, strange=Strange.PAST)
    return wish if wish.says_something else _foreign(text, today)


def _with_clause(wish: Wish, clause: str, today: date) -> Wish:
    times, clause = take_times(WHENEVER.sub(" ", clause))
    denied = DENIES.search(SOONEST.sub(" ", NOT_DENYING.sub(" ", clause))) is not None
    parts, clause = take_parts(clause, denied)
    wish = replace(wish, hours=wish.hours.and_also(parts).and_also(times))
    wish, clause = _with_span(wish, clause, today, denied)
    return _with_days(wish, clause, denied, today)


def _with_span(wish: Wish, clause: str, today: date, denied: bool) -> tuple[Wish, str]:
    """A stretch of days: `volgende week`, `half december`, `na 3 december`; or not in it."""
    for pattern, reading in SPANS:
        found = pattern.search(clause)
        if found is None:
            continue
        span, before, after = reading(found, today), clause[: found.start()], clause[found.end() :]
        since, until = bounded(span, before)
        # "Volgende week niet op dinsdag": that denies the day, not the week.
        names_more = "#" in clause or any(_weekdays(before + after)) or DATED.search(before + after)
        if denied and not names_more and since and until and (since, until) == span:
            wish = replace(wish, not_days=wish.not_days | _all_days(since, until))
        else:
            wish = replace(wish, since=since or wish.since, until=until or wish.until)
        clause = before + " # " + after
    return wish, clause


def _all_days(since: date, until: date) -> frozenset[date]:
    return frozenset(since + timedelta(days=number) for number in range((until - since).days + 1))


def _with_days(wish: Wish, clause: str, denied: bool, today: date) -> Wish:
    strange, dates, clause = _dates(clause, today)
    weekdays = frozenset(_weekdays(clause))
    if strange:
        wish = replace(wish, strange=strange)
    if denied:
        return replace(wish, not_days=wish.not_days | dates, not_weekdays=wish.not_weekdays | weekdays)
    one = re.search(rf"\b(?:aanstaande|komende|deze|this|coming)\s+({A_WEEKDAY})", clause)
    if one and (said := find_day(one[1], today)):
        return replace(wish, days=wish.days | {said.day})
    if re.search(rf"\b(?:volgende|next)\s+(?:{A_WEEKDAY})", clause):
        wish = replace(wish, since=monday(today, 1))
    return replace(wish, days=wish.days | dates, weekdays=wish.weekdays | weekdays)


def _dates(clause: str, today: date) -> tuple[Strange | None, frozenset[date], str]:
    """Days of the calendar, and `vandaag` or `morgen`. A weekday beside such a day only names it."""
    found: set[date] = set()
    strange: Strange | None = None
    for pattern in (WITH_YEAR, DATED, NEAR_DAYS):
        for mention in list(pattern.finditer(clause)):
            day = _day_of(mention[0] + _year_after(clause, mention), today)
            if day is None:
                strange = Strange.NOT_A_DAY
            elif day < today:
                strange = Strange.PAST
            else:
                found.add(day)
            clause = clause.replace(mention[0], " # ", 1)
    beside = BESIDE.search(clause)
    if beside and len(found) == 1 and strange is None and min(found).weekday() != next(_weekdays(beside[0])):
        strange = Strange.OTHER_WEEKDAY
    if found or strange:
        clause = BESIDE.sub("#", clause)
    return strange, frozenset(found), clause


def _day_of(words: str, today: date) -> date | None:
    """ "Dinsdag over een week" is a week after the coming one; said_day would take the week alone."""
    late = re.match(rf"({A_WEEKDAY}) over (\w+)", words)
    if late:
        coming = today + timedelta(days=(_weekday(late[1]) - today.weekday() - 1) % 7 + 1)
        return coming + timedelta(weeks=COUNTS.get(late[2]) or int(late[2]))
    said = find_day({"van": "vandaag"}.get(words, words), today)
    return said.day if said else None


def _weekday(name: str) -> int:
    return next(number for number, names in enumerate(WEEKDAYS) if re.fullmatch(names, name))


WITH_YEAR = re.compile(r"\b20\d\d-\d\d?-\d\d?\b|\b\d\d?[-/.]\d\d?[-/.](?:20)?\d\d\b")
NEAR_DAYS = re.compile(
    r"\b(?:the day after tomorrow|overmorgen|vandaag|today|tomorrow|(?<!goede )morgen(?=ochtend|middag|avond|vroeg|\b))"
    rf"|\b(?:{A_WEEKDAY}) over (?:een|één|1|a|twee|2|two|drie|3) we(?:ek|ken|eks)\b"
    r"|\b(?:de|the) \d{1,2}(?:e|ste|de|st|nd|rd|th)\b|\bvan(?=middag|ochtend|avond)"
)
BESIDE = re.compile(rf"(?:{A_WEEKDAY}|\b(?:{'|'.join(SHORT_DAYS)}))\s+(?:de\s+)?#")


def _year_after(clause: str, mention: re.Match[str]) -> str:
    year = re.match(r"\s+(20\d\d)\b", clause[mention.end() :])
    return year[0] if year else ""


def _weekdays(clause: str) -> Iterator[int]:
    for number, names in enumerate(WEEKDAYS):
        if re.search(rf"\b(?:{names})", clause):
            yield number
    for short in re.findall(
        rf"(?:^|\b(?:op|of|en|or|and|niet|liever|#)|#)\s*({'|'.join(SHORT_DAYS)})\s*(?=$|of\b|en\b|or\b|#|\d|och|mid)",
        clause,
    ):
        yield SHORT_DAYS[short]
    if re.search(r"\b(?:in het |in the )?weekends?\b", clause):
        yield from (5, 6)
    if re.search(r"\bdoordeweeks\b|\bweekdays?\b", clause):
        yield from range(5)


def _over(line: str, wish: Wish, today: date) -> bool:
    """A day that is over was named as the day to come."""
    if OVER.search(line):
        return not (wish.days or wish.since)
    return wish.until is not None and wish.until < today


def _spell(line: str) -> str:
    """Names of days and the like as they are written; compounds and short words are left alone."""
    return re.sub(r"[^\W\d_]{5,}", lambda word: _spelled(word[0]), line)


def _spelled(word: str) -> str:
    if word in SPELLED or any(word.startswith(day) for names in WEEKDAYS for day in names.split("|")):
        return word
    found = process.extractOne(word, SPELLED, scorer=fuzz.ratio, score_cutoff=LIKE)
    return found[0] if found else word


def _foreign(text: str, today: date) -> Wish:
    """A line that is nothing but a day in another language."""
    if len(text.split()) > FOREIGN or not re.search(r"[^\W\d_]{5}", text):
        return Wish()
    import dateparser  # noqa: PLC0415  it takes half a second, and most lines never need it

    base = datetime.combine(today, time(12))
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": base, "DATE_ORDER": "DMY"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = dateparser.parse(text, languages=LANGUAGES, settings=settings)
    if found is None:
        return Wish()
    return Wish(days=frozenset({found.date()})) if found.date() >= today else Wish(strange=Strange.PAST)
