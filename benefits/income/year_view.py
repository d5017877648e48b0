"""The full-year view: toetsingsinkomen and toeslagen over twelve months of one situation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benefits.income.huurtoeslag_2026 import huurtoeslag_2026
from benefits.income.kindgebonden_budget import kindgebonden_budget
from benefits.income.law import FiguresOn
from benefits.income.reasons import Moment, Reason, Step
from benefits.income.scenario import Scenario
from benefits.income.toeslag import Toeslag
from benefits.income.toetsingsinkomen import Toetsingsinkomen, toetsingsinkomen, toetsingsinkomen_reasons
from benefits.income.wage import Wage
from benefits.income.zorgtoeslag import zorgtoeslag


@dataclass(frozen=True, slots=True)
class YearView:
    """`huurtoeslag` is None when the figures of the day are not there."""

    income: Toetsingsinkomen
    zorgtoeslag: Toeslag
    huurtoeslag: Toeslag | None
    kindgebonden_budget: Toeslag

    @property
    def toeslagen(self) -> dict[Step, Toeslag | None]:
        return {
            Step.ZORGTOESLAG: self.zorgtoeslag,
            Step.HUURTOESLAG: self.huurtoeslag,
            Step.KINDGEBONDEN_BUDGET: self.kindgebonden_budget,
        }

    @property
    def month(self) -> Decimal:
        """All toeslagen that are known, together in a month."""
        return sum((toeslag.month for toeslag in self.toeslagen.values() if toeslag is not None), Decimal(0))


def year_view(bijstand_month: Decimal, wages: Sequence[Wage], scenario: Scenario, figures: FiguresOn) -> YearView:
    """`bijstand_month` is net, with vakantietoeslag."""
    income = toetsingsinkomen(bijstand_month, wages, len(scenario.ages), figures)
    return _with_toeslagen(income, income.amount, scenario, figures)


def would_be_less(view: YearView, scenario: Scenario, figures: FiguresOn) -> bool:
    """True when toeslagen fall as soon as bijstand counts for at least what is paid out."""
    most = view.income.at_least
    return most > view.income.amount and _with_toeslagen(view.income, most, scenario, figures).month < view.month


def _with_toeslagen(income: Toetsingsinkomen, amount: Decimal, scenario: Scenario, figures: FiguresOn) -> YearView:
    return YearView(
        income,
        zorgtoeslag(amount, scenario, figures),
        huurtoeslag_2026(amount, scenario, figures),
        kindgebonden_budget(amount, scenario, figures),
    )


def year_reasons(view: YearView, moment: Moment, figures: FiguresOn) -> list[Reason]:
    reasons = toetsingsinkomen_reasons(view.income, moment, figures)
    for step, toeslag in view.toeslagen.items():
        if toeslag is not None:
            used = figures.used(*toeslag.refs)
            reasons.append(Reason(step, toeslag.month, toeslag.article, used, moment=moment))
    return reasons
