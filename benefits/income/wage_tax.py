"""Wage tax by the month table, with loonheffingskorting, under AOW age (art. 20a to 25 Wet LB 1964).

Employers use a table with a row every few euros, so the tax follows the row, not the wage: the plain formula is up
to two and a half euros a month beside it.
"""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.tax_credits import algemene_heffingskorting, arbeidskorting
from benefits.money import euros_down, euros_up, to_cents

ROW = "lh_maandtabel_stap"
BRACKETS = ("ib_box1.1.tarief", "ib_box1.2.tarief", "ib_box1.3.tarief")
ARTICLE = "artikelen 20a, 22 tot en met 22aa en 25 Wet op de loonbelasting 1964"
MONTHS = 12
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the month table: whole euros of a year, of which each month bears a twelfth."""

    wage: Decimal
    year_tax: Decimal
    general_credit: Decimal
    labour_credit: Decimal

    @property
    def without_credits(self) -> Decimal:
        return to_cents(self.year_tax / MONTHS)

    @property
    def tax(self) -> Decimal:
        """What is withheld in a month."""
        return to_cents(max(NOTHING, self.year_tax - self.general_credit - self.labour_credit) / MONTHS)

    @property
    def used_labour_credit(self) -> Decimal:
        """Arbeidskorting as far as there is tax left for it ("verrekende arbeidskorting")."""
        return to_cents(min(self.labour_credit, max(NOTHING, self.year_tax - self.general_credit)) / MONTHS)


def table_row(gross: Decimal, figures: FiguresOn) -> TableRow:
    """The row of a gross month wage: the wage down to the row, tax of a year cut off, credits rounded up."""
    step = figures[ROW]
    row = gross // step * step
    year = MONTHS * row
    return TableRow(
        row,
        euros_down(box1_tax(year, figures)),
        euros_up(algemene_heffingskorting(year, figures)),
        euros_up(arbeidskorting(year, figures)),
    )


def box1_tax(year_income: Decimal, figures: FiguresOn) -> Decimal:
    """Tax and national insurance of box 1 over a year, before credits (art. 2.10 Wet IB 2001); not rounded."""
    tax, begin = NOTHING, NOTHING
    for bracket in (1, 2):
        until, rate = figures[f"ib_box1.{bracket}.tot"], figures[f"ib_box1.{bracket}.tarief"]
        if year_income <= until:
            return tax + rate * (year_income - begin)
        tax, begin = tax + rate * (until - begin), until
    return tax + figures["ib_box1.3.tarief"] * (year_income - begin)
