"""What may stand between braces in an answer, with what it shows today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.errors import FigureError
from benefits.figures import Figures
from benefits.units import Unit
from services.fill import placeholders, show_figure

# What stands behind the number in a sentence: the figure itself shows no unit.
UNITS = {
    Unit.HOURS: "uur",
    Unit.WEEKS: "weken",
    Unit.MONTHS: "maanden",
    Unit.YEARS: "jaar",
    Unit.EUR_PER_HOUR: "per uur",
    Unit.EUR_PER_MONTH: "per maand",
    Unit.EUR_PER_QUARTER: "per kwartaal",
    Unit.EUR_PER_YEAR: "per jaar",
}


@dataclass(frozen=True)
class Usable:
    name: str
    shown: str | None
    """None: it has no value today."""
    unit: str
    since: date | None
    article: str
    law: str
    """The folder of its file: `participatiewet`."""


def usable_figures(figures: Figures, on: date) -> list[Usable]:
    """All figures that can stand in a text, by law and name."""
    found = [_figure(figures, name, unit, on) for name, unit in figures.refs().items()]
    return sorted(found, key=lambda one: (one.law != "participatiewet", one.law, one.name))


def usable_values(values: Mapping[str, str]) -> list[Usable]:
    """What the municipality tells of itself."""
    return [Usable(name, shown, "", None, "", "gemeente") for name, shown in sorted(values.items())]


def used_in(texts: Mapping[str, Mapping[str, str]]) -> set[str]:
    return {name for text in texts.values() for said in text.values() for name, _ in placeholders(said)}


def _figure(figures: Figures, name: str, unit: Unit, on: date) -> Usable:
    series = figures.by_ref[name]
    law = series.file.parts[0]
    try:
        figure = show_figure(figures, name, on)
    except FigureError:
        return Usable(name, None, UNITS.get(unit, ""), None, series.article, law)
    return Usable(name, figure.shown, UNITS.get(unit, ""), date.fromisoformat(figure.date), series.article, law)
