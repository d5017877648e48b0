"""What is the same for every toeslag: an amount of a year, too small to be paid below a limit, paid in months."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.money import euros_down, to_cents, to_euros

SMALLEST = "awir_algemeen.minimum_per_jaar"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Toeslag:
    """`year` is exact; `article` and `figures` are those that decided."""

    year: Decimal
    article: str
    refs: tuple[str, ...]

    @property
    def month(self) -> Decimal:
        return to_cents(self.year / MONTHS)

    @property
    def paid(self) -> Decimal:
        """What Dienst Toeslagen pays out: the year in whole euros, a month cut off to whole euros (art. 14 Awir)."""
        return euros_down(to_euros(self.year) / MONTHS)


def payable(year: Decimal, figures: FiguresOn) -> Decimal:
    """Nothing when the year, in whole euros, is below the smallest amount (art. 14 lid 4 and 5 Awir)."""
    return year if to_euros(year) >= figures[SMALLEST] else Decimal(0)
