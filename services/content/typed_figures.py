"""Amounts that were typed although a dated figure shows them: they would stay when the law changes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from benefits.figures import Figures
from benefits.units import MONEY, Unit
from services.content.faults import Fault, FaultKind
from services.fill import PLACEHOLDER

AMOUNT = re.compile(
    r"€\s?(?P<after>\d[\d.]*(?:,\d{2})?)|(?P<before>\d[\d.]*(?:,\d{2})?)\s?euro\b|(?P<share>\d+(?:,\d+)?)\s?(?:%|procent\b)",
    re.IGNORECASE,
)
MOST_NAMES = 3


def typed_figures(text: str, figures: Figures) -> Iterator[Fault]:
    """Each amount or percentage that is, was or will be a figure of ours, with the placeholders that show it."""
    found = [(match.group(), *_value(match)) for match in AMOUNT.finditer(PLACEHOLDER.sub(" ", text))]
    if not found:
        return
    names = _names_by_value(figures)
    for typed, value, is_share in found:
        if known := names.get((value, is_share)):
            shown = ", ".join(f"{{{name}}}" for name in known[:MOST_NAMES])
            yield Fault(FaultKind.HAS_A_NAME, f"'{typed}' is a figure: write {shown}", (typed, shown))


def _value(match: re.Match[str]) -> tuple[Decimal, bool]:
    share = match["share"]
    typed = share or match["after"] or match["before"]
    value = Decimal(typed.rstrip(".").replace(".", "").replace(",", "."))
    return (value / 100 if share else value), share is not None


def _names_by_value(figures: Figures) -> dict[tuple[Decimal, bool], list[str]]:
    """By value and whether it is a share; also values of other days, because an old amount is wrong as well."""
    names: dict[tuple[Decimal, bool], list[str]] = defaultdict(list)
    for ref, series in sorted(figures.by_ref.items()):
        if series.unit in MONEY or series.unit is Unit.FRACTION:
            for value in {dated.value for dated in series.dated if isinstance(dated.value, Decimal)}:
                names[value, series.unit is Unit.FRACTION].append(ref)
    return names
