"""Zorgtoeslag: the standard premium, less what somebody with this income can bear (art. 2 and 2a Wzt)."""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario
from benefits.income.toeslag import SMALLEST, Toeslag, payable

ARTICLE = "artikelen 2 en 2a Wet op de zorgtoeslag"
WEALTH = "artikel 3 Wet op de zorgtoeslag"
NOTHING = Decimal(0)


def zorgtoeslag(income: Decimal, scenario: Scenario, figures: FiguresOn) -> Toeslag:
    limit = wealth_limit(scenario)
    if scenario.wealth > figures[limit]:
        return Toeslag(NOTHING, WEALTH, (limit,))
    share = "zorgtoeslag.pct_partner" if scenario.is_couple else "zorgtoeslag.pct_alleen"
    year = zorgtoeslag_year(income, scenario.is_couple, figures)
    used = ("zorgtoeslag.standaardpremie", "zorgtoeslag.drempelinkomen", share, "zorgtoeslag.afbouw", SMALLEST)
    return Toeslag(year, ARTICLE, used)


def zorgtoeslag_year(income: Decimal, couple: bool, figures: FiguresOn) -> Decimal:
    """Two premiums for partners; flat up to the drempelinkomen, above it a share of every euro is lost."""
    threshold = figures["zorgtoeslag.drempelinkomen"]
    share = figures["zorgtoeslag.pct_partner" if couple else "zorgtoeslag.pct_alleen"]
    bearable = share * threshold + figures["zorgtoeslag.afbouw"] * max(NOTHING, income - threshold)
    return payable(figures["zorgtoeslag.standaardpremie"] * (2 if couple else 1) - bearable, figures)


def wealth_limit(scenario: Scenario) -> str:
    return "zorgtoeslag.vermogen_partner" if scenario.is_couple else "zorgtoeslag.vermogen_alleen"
