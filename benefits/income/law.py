"""The figures of the income effect for every day, each in its newest complete set. Made once, then only looked up."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.figures import Figures, served
from benefits.income.needed import MAY_BE_ABSENT, NEEDED, SERVED_AHEAD
from benefits.series import ONE_DAY, Dated, FigureValue, Series

# Raised when a formula changes; the figures have a print of their own behind it.
RULES = "1.0"


@dataclass(frozen=True)
class FiguresOn:
    """The figures of a stretch of days in which none of them changes; `since` is its first day."""

    since: date
    by_ref: Mapping[str, FigureValue]

    def __getitem__(self, ref: str) -> Decimal:
        return self.by_ref[ref].value

    def __contains__(self, ref: str) -> bool:
        return ref in self.by_ref

    def used(self, *refs: str) -> tuple[FigureValue, ...]:
        """The figures behind a step, as its reason names them."""
        return tuple([self.by_ref[ref] for ref in refs])

    def in_force(self, ref: str) -> bool:
        """False when the figure has not begun yet, or has ended by law."""
        return ref in self.by_ref and self.by_ref[ref].valid_from <= self.since


@dataclass(frozen=True)
class IncomeLaw:
    """`periods` follow each other from `first_day`; the last one goes on."""

    periods: tuple[FiguresOn, ...]
    first_day: date
    first_day_with_children: date
    version: str

    def on(self, day: date) -> FiguresOn:
        """`day` is not before `first_day`: the reader of scenarios refuses that."""
        return self.periods[bisect_right(self.periods, day, key=lambda period: period.since) - 1]


def income_law(figures: Figures) -> IncomeLaw:
    """Everything that depends on the day alone, worked out beforehand."""
    sets = {figure: [figures.by_ref[ref] for ref in refs] for figure, refs in NEEDED.items()}
    begins = {figure: _complete(parts)[0] for figure, parts in sets.items()}
    always = [day for figure, day in begins.items() if figure not in MAY_BE_ABSENT | SERVED_AHEAD]
    first = max(always)
    periods = tuple(_figures_on(sets, day) for day in _days_of_change(sets, first))
    return IncomeLaw(periods, first, max(first, begins["kindgebonden_budget"]), f"{RULES}+{_print(sets)}")


def _complete(parts: Sequence[Series]) -> list[date]:
    """First days on which all parts have a value that begins there, oldest first."""
    days = [{dated.valid_from for dated in part.dated if isinstance(dated.value, Decimal)} for part in parts]
    return sorted(set.intersection(*days))


def _figures_on(sets: Mapping[str, list[Series]], day: date) -> FiguresOn:
    by_ref: dict[str, FigureValue] = {}
    for figure, parts in sets.items():
        begun = [first for first in _complete(parts) if first <= day]
        if figure in SERVED_AHEAD and not begun:
            begun = _complete(parts)[:1]
        if begun and not any(part.status.ended and part.is_over(day) for part in parts):
            by_ref |= {part.ref: served(part, _beginning(part, begun[-1]), day) for part in parts}
    return FiguresOn(day, by_ref)


def _beginning(part: Series, day: date) -> Dated:
    return next(dated for dated in part.dated if dated.valid_from == day)


def _days_of_change(sets: Mapping[str, list[Series]], first: date) -> list[date]:
    """The first day, and every later one on which a value begins or the day before one ended."""
    return sorted({first} | {day for parts in sets.values() for part in parts for day in _ends(part) if day > first})


def _ends(part: Series) -> Iterator[date]:
    for dated in part.dated:
        yield dated.valid_from
        if dated.valid_to is not None:
            yield dated.valid_to + ONE_DAY


def _print(sets: Mapping[str, list[Series]]) -> str:
    """Eight characters that differ as soon as one amount or date differs."""
    lines = [
        f"{part.ref} {dated.value} {dated.valid_from} {dated.valid_to}"
        for parts in sets.values()
        for part in parts
        for dated in part.dated
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:8]
