"""Toetsingsinkomen: the gross income of a year on which toeslagen are based (art. 7 and 8 Awir).

Bijstand is paid net but counts gross: the municipality pays the tax on it (art. 19 lid 4 Pw).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.reasons import Moment, Reason, Step
from benefits.income.tax_credits import AHK, arbeidskorting
from benefits.income.tax_credits import FIGURES as CREDITS
from benefits.income.wage import Wage
from benefits.money import to_cents

RATE, HOLIDAY_PAY = "ib_box1.1.tarief", "wml_vakantiebijslag_pct"
ARTICLE = "artikelen 7 en 8 Algemene wet inkomensafhankelijke regelingen"
GROSSED_UP = "artikel 19, lid 4, Participatiewet; artikel 8 Algemene wet inkomensafhankelijke regelingen"
MONTHS = 12
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearIncome:
    """Of one person: wages with holiday pay, bijstand before tax, and the same bijstand as it is paid out."""

    wage: Decimal
    bijstand: Decimal
    net_bijstand: Decimal


@dataclass(frozen=True, slots=True)
class Toetsingsinkomen:
    """Of the household over twelve months."""

    people: tuple[YearIncome, ...]

    @property
    def amount(self) -> Decimal:
        return sum((person.wage + person.bijstand for person in self.people), NOTHING)

    @property
    def at_least(self) -> Decimal:
        """What it is when nobody's bijstand counts for less than is paid out; see the decision named below."""
        return sum((person.wage + max(person.bijstand, person.net_bijstand) for person in self.people), NOTHING)


def toetsingsinkomen(
    bijstand_month: Decimal, wages: Sequence[Wage], people: int, figures: FiguresOn
) -> Toetsingsinkomen:
    """`bijstand_month` is net with vakantietoeslag; partners have half of it each."""
    net_year = MONTHS * bijstand_month / people
    earned = {wage.person: year_wage(wage, figures) for wage in wages}
    return Toetsingsinkomen(
        tuple([_of_person(net_year, earned.get(person, NOTHING), figures) for person in range(people)])
    )


def year_wage(wage: Wage, figures: FiguresOn) -> Decimal:
    """Twelve months with holiday pay on top (art. 15 WML)."""
    return to_cents(MONTHS * wage.gross * (1 + figures[HOLIDAY_PAY]))


def _of_person(net_bijstand: Decimal, wage: Decimal, figures: FiguresOn) -> YearIncome:
    """Tax is only due on bijstand as far as the credits are not used up by the wage.

    For a small bijstand this gives less than is paid out. docs/adr/0008-grossing-up-as-agreed.md tells why it stays.
    """
    rate = figures[RATE]
    unused = max(NOTHING, figures[f"{AHK}.max"] + arbeidskorting(wage, figures) - rate * wage)
    gross = net_bijstand if net_bijstand <= unused else (net_bijstand - unused) / (1 - rate)
    return YearIncome(wage, to_cents(gross), to_cents(net_bijstand))


def toetsingsinkomen_reasons(income: Toetsingsinkomen, moment: Moment, figures: FiguresOn) -> list[Reason]:
    reasons: list[Reason] = []
    for number, person in enumerate(income.people):
        if person.wage:
            used = figures.used(HOLIDAY_PAY)
            reasons.append(Reason(Step.YEAR_WAGE, person.wage, ARTICLE, used, number, moment))
        if person.bijstand:
            used = figures.used(RATE, *CREDITS)
            reasons.append(Reason(Step.GROSS_BIJSTAND, person.bijstand, GROSSED_UP, used, number, moment))
    reasons.append(Reason(Step.TOETSINGSINKOMEN, income.amount, ARTICLE, moment=moment))
    return reasons
