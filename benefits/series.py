"""A figure of law through time: dated values with their article and source, all frozen."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from benefits.errors import Period
from benefits.units import Confidence, Unit

ONE_DAY = timedelta(days=1)
Leaf = Decimal | str | None  # None: the law sets no limit here, or the municipality decides


@dataclass(frozen=True)
class Dated:
    """One value and the days on which it is law; `valid_to` is the last day, None while open."""

    value: Leaf
    valid_from: date
    valid_to: date | None
    source: str
    confidence: Confidence
    checked_on: date

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Status:
    """Why a series may be without a value: the law ended it, or nobody has found the figure yet."""

    ended: bool = False
    known_gap: bool = False
    why: str = ""


@dataclass(frozen=True)
class Series:
    """All values of one reference (`id` or `id.part`), oldest first; `file` is relative to the parameters folder."""

    ref: str
    unit: Unit
    article: str
    file: Path
    dated: tuple[Dated, ...]
    status: Status

    def on(self, day: date) -> Dated | None:
        return next((dated for dated in self.dated if dated.covers(day)), None)

    def newest_until(self, day: date) -> Dated | None:
        """The newest value that had begun on `day`, also when it is over."""
        return next((dated for dated in reversed(self.dated) if dated.valid_from <= day), None)

    def is_over(self, day: date) -> bool:
        """True when the last known value ended before `day`."""
        last = self.dated[-1].valid_to
        return last is not None and last < day

    def periods(self) -> tuple[Period, ...]:
        """The days with a value; values that follow each other directly make one period."""
        spans: list[Period] = []
        for dated in self.dated:
            start = dated.valid_from
            if spans and spans[-1][1] == start - ONE_DAY:
                start = spans.pop()[0]
            spans.append((start, dated.valid_to))
        return tuple(spans)


@dataclass(frozen=True)
class FigureValue:
    """One figure as it is shown or reckoned with. `value` is in `unit`; `stale` when `valid_to` has passed."""

    ref: str
    value: Decimal
    unit: Unit
    valid_from: date
    valid_to: date | None
    article: str
    source: str
    confidence: Confidence
    stale: bool
