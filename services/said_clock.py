"""A time of day as people say it: `niet voor 10 uur`, `na schooltijd`, `tussen half 2 en vier`."""

import re
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum


class Part(StrEnum):
    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


DAWN, NOON, EVENING = time(6, 0), time(12, 0), time(18, 0)
ABOUT = 60
"""Minutes. What is further from a time that was named is another time."""


def part_of(clock: time) -> Part:
    if clock < DAWN:
        return Part.NIGHT
    return Part.MORNING if clock < NOON else Part.AFTERNOON if clock < EVENING else Part.EVENING


def minutes(clock: time) -> int:
    """Since midnight."""
    return clock.hour * 60 + clock.minute


@dataclass(frozen=True)
class Hours:
    """When on a day a conversation may begin. `earliest` counts, `latest` does not; `at`: about that time."""

    parts: frozenset[Part] = frozenset()
    not_parts: frozenset[Part] = frozenset()
    earliest: time | None = None
    latest: time | None = None
    at: time | None = None

    def fit(self, clock: time) -> bool:
        if (self.earliest and clock < self.earliest) or (self.latest and clock >= self.latest):
            return False
        if self.at and abs(minutes(clock) - minutes(self.at)) > ABOUT:
            return False
        part = part_of(clock)
        return part not in self.not_parts and (not self.parts or part in self.parts)

    def and_also(self, other: "Hours") -> "Hours":
        """What is said last wins, where both say something."""
        return Hours(
            other.parts or self.parts - other.not_parts,
            other.not_parts or self.not_parts - other.parts,
            other.earliest or self.earliest,
            other.latest or self.latest,
            other.at or self.at,
        )


NUMBERS = (
    "een|één|one", "twee|two", "drie|three", "vier|four", "vijf|five", "zes|six", "zeven|seven", "acht|eight",
    "negen|nine", "tien|ten", "elf|eleven", "twaalf|twelve",
)  # fmt: skip
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
CLOCK = (
    rf"(?:(?:(?P<X_near>kwart over|kwart voor|half past|quarter past|quarter to|half)\s+)?(?P<X_hour>{NUMBER})"
    r"(?:[:.](?P<X_minute>[0-5]\d))?(?!\d|[-/.]\d)(?:\s*(?P<X_unit>uur|u|h|o'?clock|am|pm)\b)?)"
)
NOT_A_TIME = (
    r"(?!\s*(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|dag|we[ek]|maand|month|day|march|may|oct"
    r"|e\b|th\b))"
)
LATE_HOUR = 7
"""Who says "drie uur" to an office means the afternoon; from this hour on the morning."""
# Beside a time they tell which half of the day it is in.
HALF_AFTER = re.compile(
    r"\s*(?:'?s |in de |in the |at )?(?:(?P<late>middags?|afternoon|avonds?|evening)|(?P<night>nachts?|night)"
    r"|(?P<early>ochtends?|morgens|morning))"
)
HALF_BEFORE = re.compile(r"(?:(?P<late>avonds?|evening)|(?P<night>nachts?|night))\s+$")


def _clock(name: str) -> str:
    return CLOCK.replace("X_", f"{name}_") + NOT_A_TIME


TIMES = tuple(
    (bound, re.compile(pattern))
    for bound, pattern in (
        ("between", rf"\b(?:tussen|between|van|from)\s+{_clock('a')}\s+(?:en|and|tot|to|until)\s+{_clock('b')}"),
        (
            "earliest",
            r"\b(?:(?:niet|not|liever niet)\s+(?:voor|vóór|eerder dan|vroeger dan|before|earlier than)|no earlier than"
            rf"|pas (?:na|vanaf|om)|na|vanaf|after|from)\s+(?:een uur of\s+)?{_clock('a')}",
        ),
        (
            "latest",
            r"\b(?:(?:niet|not|liever niet)\s+(?:na|later dan|after|later than)|no later than|(?<!kwart )voor|vóór|tot"
            r"|uiterlijk(?: om)?"
            rf"|before|until|by)\s+{_clock('a')}",
        ),
        ("at", rf"\b(?:om|rond|omstreeks|tegen|at|around)\s+(?:een uur of\s+)?{_clock('a')}"),
        ("at", rf"(?<![\d./-]){_clock('a')}"),
    )
)
N, M, A, E = Part
PARTS = tuple(
    (re.compile(pattern), hours)
    for pattern, hours in (
        (
            r"\b(?:na|after) (?:de )?school\w*(?! (?:breng|gebracht|te brengen))|\buit (?:de )?school\b"
            r"|\bschool (?:is )?uit\b",
            Hours(frozenset({A}), earliest=time(15)),
        ),
        (
            r"\b(?:onder|tijdens|binnen|during|in) (?:de )?school\w*|\bop school (?:zijn|zitten|is|zit)\b"
            r"|\b(?:are|is) (?:at|in) school\b",
            Hours(earliest=time(9), latest=time(14)),
        ),
        (
            r"\bnaar school (?:heb |zijn )?(?:ge)?bra?(?:cht|eng)\w*|\bwegbreng\w*|\bbring\w* .{0,20}to school",
            Hours(frozenset({M}), earliest=time(9)),
        ),
        (
            r"\btussen de middag\b|\blunch\w*|\bin (?:mijn|de|m'n"
            r"|my) pauze", Hours(earliest=time(12), latest=time(13, 30))),
        (
            r"\b(?:eind\w*|laat|late|later|end of)\b(?: van| op| in)?(?: de| the)? ?(?:na)?(?:middag|afternoon"
            r"|dag\b|day\b)|namiddag",
            Hours(frozenset({A}), earliest=time(15, 30)),
        ),
        (
            r"\b(?:begin|vroeg|early|start of)\b(?: van| in)?(?: de| the)? ?(?:middag|afternoon)"
            r"|\bmeteen na de lunch\b",
            Hours(frozenset({A}), latest=time(14)),
        ),
        (
            r"\b(?:begin|vroeg|early)\b(?: van| in)?(?: de| the| 's)? ?(?:ochtends?|morning)|ochtends? (?:heel )?vroeg"
            r"|\bmorgenvroeg\b|\bzo vroeg mogelijk op\b",
            Hours(frozenset({M}), latest=time(10)),
        ),
        (
            r"\b(?:eind\w*|laat|late|later|end of)\b(?: van| in)?(?: de| the)? ?(?:ochtend|morning)",
            Hours(frozenset({M}), earliest=time(10, 30)),
        ),
        (r"\b(?:na|after) (?:het |mijn |m'n |my )?werk(?:tijd|en)?\b|\bafter work\b", Hours(earliest=time(17))),
        (r"\bniet (?:al )?te vroeg\b|\bnot too early\b", Hours(earliest=time(10))),
        (r"\bniet (?:al )?te laat\b|\bnot too late\b", Hours(latest=time(16))),
        (r"ochtend|ochtens|ochent|\b(?:'s |s)morgens\b|voormiddag|\bmornings?\b|\bin the am\b", Hours(frozenset({M}))),
        (r"middag|\bafternoons?\b", Hours(frozenset({A}))),
        (r"avond|\bevenings?\b", Hours(frozenset({E}))),
        (r"\bnachts?\b|\bnights?\b", Hours(frozenset({N}))),
    )
)  # fmt: skip
NOT_NEEDING_NOT = re.compile(r"^niet|^not|^\bno\b")


def take_times(clause: str) -> tuple[Hours, str]:
    """The times of the clock in it, and what is left of it without them."""
    told = Hours()
    for bound, pattern in TIMES:
        for found in list(pattern.finditer(clause)):
            first = _read(found, "a")
            if first is None or (bound == "at" and not _is_time(found)):
                continue
            told = told.and_also(_bounded(bound, found, first))
            clause = clause.replace(found[0], " # ", 1)
    return told, clause


def take_parts(clause: str, negated: bool) -> tuple[Hours, str]:
    """The parts of the day in it; of "niet in de ochtend" what is left of the day."""
    told = Hours()
    for pattern, hours in PARTS:
        found = pattern.search(clause)
        if found is None:
            continue
        turned = negated and not NOT_NEEDING_NOT.search(found[0])
        told = told.and_also(Hours(not_parts=hours.parts) if turned else _joined(told, hours))
        clause = clause[: found.start()] + " # " + clause[found.end() :]
    return told, clause


def _joined(told: Hours, hours: Hours) -> Hours:
    """ "Ochtend of middag": both."""
    return replace(hours, parts=hours.parts | told.parts) if hours.parts and told.parts else hours


def _bounded(bound: str, found: re.Match[str], first: time) -> Hours:
    if bound == "between":
        return Hours(earliest=first, latest=_read(found, "b"))
    match bound:
        case "earliest":
            return Hours(earliest=first)
        case "latest":
            return Hours(latest=first)
    return Hours(at=first)


def _is_time(found: re.Match[str]) -> bool:
    """A bare number is no time; with "om", "uur", minutes or "half" it is."""
    named = any(found[f"a_{name}"] for name in ("near", "minute", "unit"))
    return named or re.match(r"om|rond|omstreeks|tegen|at|around", found[0]) is not None


def _read(found: re.Match[str], name: str) -> time | None:
    word, near, unit = found[f"{name}_hour"], found[f"{name}_near"], found[f"{name}_unit"]
    hour = int(word) if word.isdigit() else next(n for n, names in enumerate(NUMBERS, 1) if word in names.split("|"))
    if hour > 23:
        return None
    if unit == "pm" or (unit != "am" and _is_late(found, hour)):
        hour = hour % 12 + 12
    told = hour * 60 + int(found[f"{name}_minute"] or 0) + _NEAR.get(near or "", 0)
    return time(told // 60 % 24, told % 60)


def _is_late(found: re.Match[str], hour: int) -> bool:
    """Whether it is after noon: by what stands beside it, or as one says it to an office."""
    beside = HALF_AFTER.match(found.string, found.end()) or HALF_BEFORE.search(found.string[: found.start()])
    if beside is None or (beside["late"] and hour < LATE_HOUR):
        return 0 < hour < LATE_HOUR
    return 0 < hour < 12 and (beside["late"] is not None or (beside["night"] is not None and hour >= LATE_HOUR))


_NEAR = {
    "kwart over": 15, "quarter past": 15, "half past": 30, "kwart voor": -15, "quarter to": -15, "half": -30,
}  # fmt: skip
