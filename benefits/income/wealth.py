"""Tests of wealth: the one of bijstand (art. 34 Pw) and the lower edge of those of the toeslagen."""

from decimal import Decimal

from benefits.income import huurtoeslag_2026, kindgebonden_budget, zorgtoeslag
from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario


def bijstand_limit(scenario: Scenario) -> str:
    """Article 34 lid 3; savings from the time on bijstand do not count, so this can only warn."""
    return f"pw_vermogensgrens.{'gehuwden' if scenario.is_couple else scenario.household.type}"


def above_bijstand_limit(scenario: Scenario, figures: FiguresOn) -> bool:
    return scenario.wealth > figures[bijstand_limit(scenario)]


def passed_toeslag_limit(scenario: Scenario, figures: FiguresOn) -> Decimal | None:
    """The lowest limit of a toeslag that the household would have and that its wealth is above."""
    limits = [figures[zorgtoeslag.wealth_limit(scenario)]]
    if scenario.housing.kale_huur is not None and huurtoeslag_2026.LIMIT in figures:
        limits.append(huurtoeslag_2026.wealth_limit(scenario, figures))
    if scenario.household.children:
        limits.append(figures[kindgebonden_budget.wealth_limit(scenario)])
    return min((limit for limit in limits if scenario.wealth > limit), default=None)
