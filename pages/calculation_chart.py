"""Where the parts of a chart go: in percentages of its plot, so that its letters stay as large as those of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.income_view.amounts import bare
from services.income_view.line import Line

STEPS = (Decimal(100), Decimal(250), Decimal(500), Decimal(1000), Decimal(2500))
MOST_LINES = 5
HOURS_BETWEEN = 8
GRID = 1000
"""The line itself is drawn on a grid of so many units, which is stretched over the plot."""


@dataclass(frozen=True)
class Tick:
    at: str
    label: str


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    label: str
    anchor: str
    """Which part of the label is at the dot: `start`, `middle` or `end`."""
    above: bool


@dataclass(frozen=True)
class Band:
    x: str
    width: str


@dataclass(frozen=True)
class Chart:
    """Texts come from `line`."""

    line: Line
    hours: tuple[Tick, ...]
    euros: tuple[Tick, ...]
    path: str
    now: str
    dots: tuple[Dot, ...]
    bands: tuple[Band, ...]


def draw_chart(line: Line) -> Chart:
    last = line.points[-1][0]
    low, high, step = _scale([line.now, *(amount for _, amount in line.points)])

    def across(hours: Decimal) -> Decimal:
        return hours / last

    def down(amount: Decimal) -> Decimal:
        return 1 - (amount - low) / (high - low)

    return Chart(
        line=line,
        hours=tuple(Tick(_percent(across(Decimal(h))), str(h)) for h in range(0, int(last) + 1, HOURS_BETWEEN)),
        euros=tuple(Tick(_percent(down(amount)), bare(amount)) for amount in _between(low, high, step)),
        path=" ".join(f"{_units(across(hours))},{_units(down(amount))}" for hours, amount in line.points),
        now=_percent(down(line.now)),
        dots=tuple(_dots(line, last, low, high)),
        bands=tuple(Band(_percent(across(begin)), _percent(across(end - begin))) for begin, end in line.flats),
    )


def _dots(line: Line, last: Decimal, low: Decimal, high: Decimal) -> Iterator[Dot]:
    """A label stays within the plot at every width; of two, one goes up to the left and one down to the right."""
    two = len(line.marks) > 1
    for number, mark in enumerate(line.marks):
        x, y = mark.hours / last, 1 - (mark.euros - low) / (high - low)
        anchor = _side(x, right=number > 0) if two else _anchor(x)
        yield Dot(_percent(x), _percent(y), mark.label, anchor, above=number == 0)


def _anchor(x: Decimal) -> str:
    if x < Decimal("0.3"):
        return "start"
    return "end" if x > Decimal("0.7") else "middle"


def _side(x: Decimal, right: bool) -> str:
    room = x < Decimal("0.75") if right else x > Decimal("0.25")
    return ("start" if right else "end") if room else "middle"


def _scale(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Lowest and highest amount of the plot and the step between its lines, all round; not from zero, or nothing of
    what differs would be seen."""
    least, most = min(amounts), max(amounts)
    step = next((step for step in STEPS if (most - least) / step <= MOST_LINES - 1), STEPS[-1])
    low = (least / step - Decimal("0.3")).to_integral_value(ROUND_FLOOR) * step
    high = (most / step).to_integral_value(ROUND_CEILING) * step
    return low, high, step


def _between(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    for number in range(int((high - low) / step) + 1):
        yield low + number * step


def _percent(share: Decimal) -> str:
    return f"{round(share * 100, 2):f}%"


def _units(share: Decimal) -> str:
    return f"{round(share * GRID, 1):f}"
