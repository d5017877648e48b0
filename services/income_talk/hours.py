"""Hours of work a week: "zo'n 16 tot 20 uur denk ik", "drie dagen van 6 uur", "fulltime", "80 uur per maand"."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NotRequired, TypedDict

from services.income_talk.numbers import NUMBER, as_text, number, plain, without


class Hours(TypedDict):
    """`to`: the other end of a range. `both`: the resident wants to see both ends. Numbers as text."""

    low: str
    to: NotRequired[str]
    both: NotRequired[bool]


FULL_WEEK, FULL_DAY, HALF_DAY, WORKDAYS = Decimal(36), Decimal(8), Decimal(4), Decimal(5)
MOST = Decimal(60)
"""A week; more hours than this are those of a month."""
MOST_A_MONTH = Decimal(260)
HOUR = r"\s*-?\s*(?:uu?r+(?:tje)?(?:s|en)?|uren|u(?:\b|\.)|hours?|hrs?|h)\b"
BETWEEN = r"\s*(?:tot(?: en met)?|t/m|-|a|of|en|to|and|or|maximaal|max|uur (?:tot|of))\s*(?:ongeveer |max(?:imaal)? )?"
N = rf"(?<![\d.,€])({NUMBER})"
A_MONTH = re.compile(rf"{N}{HOUR}\s*(?:per|in de|p/?|/|a)\s*(?:maand|mnd|month)\b")
DAYS_OF = re.compile(
    rf"{N}\s*(?:x|keer|times|(?:hele |werk)?dag(?:en)?|days?|ochtend(?:en)?|middag(?:en)?|avond(?:en)?|nacht(?:en)?"
    rf"|mornings?|afternoons?|evenings?|nights?|diensten|shifts?)"
    rf"(?: (?:per|in de|a|p/?) ?w(?:eek|k)?)?(?: (?:werk(?:en)?|work))?[,:]?\s*(?:van |a |of |elk(?:e dag)? |each "
    rf"|telkens |x )?{N}{HOUR}"
)
A_DAY = re.compile(
    rf"{N}{HOUR}\s*(?:per|a|op een|p/?|/|elke|every|each)\s*(?:dag|day|d\b)(?:\D{{0,12}}{N}\s*(?:dag(?:en)?|days?|x"
    rf"|keer))?"
)
EVERY_DAY = re.compile(rf"\b(?:elke|iedere|every) (?:werk)?(?:dag|day)\s*{N}{HOUR}")
RANGE = re.compile(rf"(?:tussen |between |min(?:imaal)? |van )?(?:de )?{N}(?:{HOUR})?{BETWEEN}{N}{HOUR}")
CLOCK = re.compile(rf"\b(?:om|at|vanaf) {N}{HOUR}(?!\s*(?:per|in de)\s*week)|\bvan {N}(?:\s*uur)? tot {N}\s*uur 's")
MORE = re.compile(rf"{N}(?:{HOUR})?\s*(?:per week )?(extra|meer|erbij|more|minder|less|fewer)\b(?! dan)")
PLAIN = re.compile(rf"{N}{HOUR}")
FTE = re.compile(rf"{N}\s*fte\b")
FULL = re.compile(r"\b(?:full[ -]?time|voltijds?|hele week|volledige week)\b")
HALF = re.compile(r"\b(?:half[ -]?time|halve week|halve baan)\b")
WHOLE_DAYS = re.compile(
    rf"(?<!binnen ){N}\s*(?:hele |werk)?(?:dag(?:en)?|days?)\s*(?:(?:per|in de|a|p/?)\s*w(?:eek|k)?|werk|work)"
)
HALF_DAYS = re.compile(
    rf"{N}\s*(?:ochtend(?:en)?|middag(?:en)?|avond(?:en)?|dagde(?:el|len)|halve dagen|mornings?|afternoons?|evenings?)"
)
BARE_RANGE = re.compile(rf"(?:tussen |between )?{N}{BETWEEN}{N}(?!\s*(?:euro|€))")
BARE = re.compile(rf"{N}(?!\s*(?:euro|€|jaar|kind|maand|%))")
BARE_DAYS = re.compile(rf"{N}\s*(?:hele |werk)?(?:dag(?:en)?|days?)\b")


def take_hours(text: str) -> tuple[Hours | None, str]:
    """Hours that are called hours, and what is left of the text."""
    text = CLOCK.sub(" | ", text)
    if found := A_MONTH.search(text):
        return _hours(_a_week(number(found[1]))), without(text, found)
    for pattern, each in ((DAYS_OF, None), (EVERY_DAY, WORKDAYS), (A_DAY, WORKDAYS)):
        if found := pattern.search(text):
            return _hours(_product(found, each)), without(text, found)
    if found := RANGE.search(text):
        return _range(number(found[1]), number(found[2])), without(text, found)
    for pattern, each in ((PLAIN, Decimal(1)), (FTE, FULL_WEEK), (HALF_DAYS, HALF_DAY), (WHOLE_DAYS, FULL_DAY)):
        if found := pattern.search(text):
            return _hours(number(found[1]) * each), without(text, found)
    for pattern, hours in ((FULL, FULL_WEEK), (HALF, FULL_WEEK / 2)):
        if found := pattern.search(text):
            return _hours(hours), without(text, found)
    return None, text


def take_more_hours(text: str) -> tuple[Decimal | None, str]:
    """`4 uur meer`, `8 uur minder`: compared with what was said before."""
    if found := MORE.search(text):
        by = number(found[1])
        return (-by if found[2] in ("minder", "less", "fewer") else by), without(text, found)
    return None, text


def hours_alone(text: str) -> Hours | None:
    """When hours were asked for, a number alone is one of hours."""
    if found := BARE_DAYS.search(text):
        return _hours(number(found[1]) * FULL_DAY)
    if found := BARE_RANGE.search(text):
        return _range(number(found[1]), number(found[2]))
    found = BARE.search(text)
    return _hours(number(found[1])) if found else None


def hours_in(line: str) -> Hours | None:
    """For whoever wants nothing but the hours of a line."""
    return take_hours(plain(line))[0]


def plus(hours: Hours, more: Decimal) -> Hours | None:
    return _hours(Decimal(hours["low"]) + more)


def _product(found: re.Match[str], each: Decimal | None) -> Decimal:
    numbers = [number(part) for part in found.groups() if part]
    return numbers[0] * (numbers[1] if len(numbers) > 1 else each or Decimal(1))


def _range(one: Decimal, other: Decimal) -> Hours | None:
    low, high = _hours(min(one, other)), _hours(max(one, other))
    if low is None or high is None or low == high:
        return low or high
    return {"low": low["low"], "to": high["low"]}


def _hours(hours: Decimal) -> Hours | None:
    """None for what cannot be hours of a week or of a month."""
    if MOST < hours <= MOST_A_MONTH:
        hours = _a_week(hours)
    return {"low": as_text(hours)} if 0 < hours <= MOST else None


def _a_week(hours: Decimal) -> Decimal:
    return (hours * 12 / 52).quantize(Decimal("0.1"), ROUND_HALF_UP)
