"""What is wrong with one text of an answer: its wording, its braces and its figures. The same for files and editors."""

import re
from collections.abc import Iterator
from datetime import date

from benefits.errors import FigureError, FigureHasNoNumber, FigureUnknown
from benefits.figures import Figures
from services.content.faults import Fault, FaultKind
from services.content.language import faults
from services.content.typed_figures import typed_figures
from services.fill import PLACEHOLDER, placeholders, show_figure
from services.local_rules import LOCAL
from services.phrases import FACTS

KNOWN_VALUES = {"gemeente.naam", "gemeente.bewaardagen", *(f"gemeente.{name}" for name in (*FACTS, *LOCAL))}


def check_text(text: str, language: str, figures: Figures, on: date, before: str = "") -> Iterator[Fault]:
    """`on` is the first day on which it is said: every placeholder must have a value then. `before`: just read."""
    yield from faults(text, language, before)
    yield from stray_braces(text)
    yield from typed_figures(text, figures)
    for name, day in placeholders(text):
        if name not in KNOWN_VALUES:
            yield from _figure_faults(figures, name, day or on)


def stray_braces(text: str) -> Iterator[Fault]:
    """Part of a placeholder that is not one: it would be shown as it stands."""
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Fault(FaultKind.STRAY_BRACE, "a brace that belongs to no placeholder")


def _figure_faults(figures: Figures, name: str, on: date) -> Iterator[Fault]:
    try:
        show_figure(figures, name, on)
    except FigureUnknown as error:
        yield Fault(FaultKind.UNKNOWN_FIGURE, str(error), (name, ", ".join(f"{{{one}}}" for one in error.close)))
    except FigureHasNoNumber as error:
        yield Fault(FaultKind.NO_NUMBER, str(error), (name,))
    except FigureError as error:
        yield Fault(FaultKind.FIGURE_NOT_KNOWN, str(error), (name, on.isoformat()))
