"""From hours and an hourly wage to what is paid out each month."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.reasons import Reason, Step
from benefits.income.scenario import Scenario, Work
from benefits.income.tax_credits import FIGURES as CREDITS
from benefits.income.wage_tax import ARTICLE, BRACKETS, ROW, table_row
from benefits.money import to_cents

WEEKS, MONTHS, FOUR_WEEKS = 52, 12, 13
LOWEST = "artikel 7 Wet minimumloon en minimumvakantiebijslag"


@dataclass(frozen=True, slots=True)
class Wage:
    """Of one person, per month, without holiday pay and before pension: what is withheld for that is not known."""

    person: int
    gross: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        return self.gross - self.tax


def month_wage(hours_per_week: Decimal, hourly_wage: Decimal) -> Decimal:
    """Gross per month: a year has 52 weeks and 12 months."""
    return to_cents(hours_per_week * hourly_wage * WEEKS / MONTHS)


def month_from_four_weeks(four_weeks: Decimal) -> Decimal:
    """A wage per four weeks is paid thirteen times a year."""
    return to_cents(four_weeks * FOUR_WEEKS / MONTHS)


def wage_of(work: Work, figures: FiguresOn) -> Wage:
    gross = month_wage(work.hours_per_week, work.hourly_wage)
    return Wage(work.person, gross, table_row(gross, figures).tax)


def wage_reasons(wage: Wage, figures: FiguresOn) -> tuple[Reason, ...]:
    used = figures.used(ROW, *BRACKETS, *CREDITS)
    return (
        Reason(Step.GROSS_WAGE, wage.gross, LOWEST, person=wage.person),
        Reason(Step.WAGE_TAX, wage.tax, ARTICLE, used, person=wage.person),
        Reason(Step.NET_WAGE, wage.net, "artikel 31, lid 3, Participatiewet", person=wage.person),
    )


def minimum_wage(scenario: Scenario, person: int, figures: FiguresOn) -> Decimal:
    """The lowest hourly wage at this person's age (art. 7 and 8 WML; Besluit minimumjeugdloon)."""
    age = scenario.ages[person]
    return figures["wml_uur.21+" if age >= 21 else f"wml_uur.{age}"]
