"""What a chart of a calculation draws: what somebody has a month for each number of hours, and where more work brings
almost nothing. The same figures as the table, and in words for who does not see the line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from services.income_view.amounts import euros, hours
from services.phrases import Phrases

ALMOST_NOTHING = Decimal("0.1")
"""Of the extra gross wage: one euro of every ten."""

type Point = tuple[Decimal, Decimal]
"""Hours a week, and euros a month."""


@dataclass(frozen=True)
class Mark:
    hours: Decimal
    euros: Decimal
    label: str


@dataclass(frozen=True)
class Line:
    title: str
    description: str
    points: tuple[Point, ...]
    now: Decimal
    now_label: str
    marks: tuple[Mark, ...]
    flats: tuple[tuple[Decimal, Decimal], ...]
    """From so many hours to so many."""
    legend: str
    hours_label: str


def line_of(outcome: Mapping[str, Any], phrases: Phrases) -> Line | None:
    """None when there is nothing to draw: no work, or work that pays nothing."""
    rows = outcome.get("by_hours", ())
    if not rows or Decimal(rows[-1]["gross_wage"]) <= Decimal(rows[0]["gross_wage"]):
        return None
    points = tuple((Decimal(row["hours"]), Decimal(row["together"])) for row in rows)
    flats = tuple(flats_of(rows))
    at = dict(points)
    marks = tuple(_marks([(Decimal(asked), at[Decimal(asked)]) for asked in outcome["asked"]], phrases))
    now = Decimal(outcome["together_before"])
    return Line(
        title=phrases.say("calculation_chart_title"),
        description=_in_words(points, marks, flats, phrases),
        points=points,
        now=now,
        now_label=phrases.say("calculation_chart_now", bedrag=euros(now)),
        marks=marks,
        flats=flats,
        legend=phrases.say("calculation_chart_legend"),
        hours_label=phrases.say("calculation_chart_hours"),
    )


def flats_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Decimal, Decimal]]:
    """Stretches of hours in which next to nothing of more wage is left, or less than nothing."""
    begun: Decimal | None = None
    for less, more in pairwise(rows):
        flat = _rise(less, more, "together") < ALMOST_NOTHING * _rise(less, more, "gross_wage")
        if flat and begun is None:
            begun = Decimal(less["hours"])
        if not flat and begun is not None:
            yield begun, Decimal(less["hours"])
            begun = None
    if begun is not None:
        yield begun, Decimal(rows[-1]["hours"])


def _rise(less: Mapping[str, Any], more: Mapping[str, Any], key: str) -> Decimal:
    return Decimal(more[key]) - Decimal(less[key])


def _marks(points: Sequence[Point], phrases: Phrases) -> Iterator[Mark]:
    """Two stand close together: there is no room for their amounts, which are in the table."""
    for at, amount in points:
        key = "calculation_chart_point" if len(points) == 1 else "calculation_reason_hours"
        yield Mark(at, amount, phrases.say(key, uren=_told(at), bedrag=euros(amount)))


def _in_words(
    points: Sequence[Point], marks: Sequence[Mark], flats: Sequence[tuple[Decimal, Decimal]], phrases: Phrases
) -> str:
    first, last = points[0], points[-1]
    ends = {"bedrag": euros(first[1]), "wat": euros(last[1]), "uren": _told(last[0])}
    said = [phrases.say("calculation_chart_from_to", **ends)]
    for mark in marks:
        said.append(phrases.say("calculation_chart_here", uren=_told(mark.hours), bedrag=euros(mark.euros)))
    for begin, end in flats:
        said.append(phrases.say("calculation_chart_flat", uren=_told(begin), wat=_told(end)))
    return " ".join([*said, phrases.say("calculation_chart_same")])


def _told(at: Decimal) -> str:
    return hours(f"{at.normalize():f}")
