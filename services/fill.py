"""Fill the placeholders of a text with the dated figures and with what the municipality has told about itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.figures import Figures
from benefits.notation import in_dutch
from services.words import ShownFigure

PLACEHOLDER = re.compile(r"\{([a-z][\w.+]*)(?:@(\d{4}-\d{2}-\d{2}))?\}")


@dataclass(frozen=True)
class Filled:
    text: str
    figures: tuple[ShownFigure, ...]


def fill(text: str, figures: Figures, on: date, values: Mapping[str, str]) -> Filled:
    """`{name}` out of `values`, otherwise the figure of that name on `on`; `{name@2027-01-01}` the figure on that day.

    Raises benefits' FigureUnknown or FigureNotKnown: a text is never shown with a hole where an amount should be.
    """
    shown: dict[str, ShownFigure] = {}

    def put(match: re.Match[str]) -> str:
        name, day = match.group(1), match.group(2)
        if day is None and name in values:
            return values[name]
        figure = show_figure(figures, name, date.fromisoformat(day) if day else on)
        shown[match.group()] = figure
        return f"**{figure.shown}**"

    return Filled(PLACEHOLDER.sub(put, text), tuple(shown.values()))


def show_figure(figures: Figures, name: str, on: date) -> ShownFigure:
    """The newest value not later than `on`; `stale` when it is known to have ended before."""
    value = figures.last_known(name, on)
    return ShownFigure(
        id=name,
        value=str(value.value),
        shown=in_dutch(value),
        date=value.valid_from.isoformat(),
        valid_to=value.valid_to.isoformat() if value.valid_to else None,
        stale=value.stale,
    )


def placeholders(text: str) -> list[tuple[str, date | None]]:
    """What a text asks for: names, with the day when one is given."""
    return [
        (match.group(1), date.fromisoformat(match.group(2)) if match.group(2) else None)
        for match in PLACEHOLDER.finditer(text)
    ]
