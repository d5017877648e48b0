"""Kindgebonden budget: amounts per child under 18, more for older ones and for who is alone (art. 1 to 3 WKB)."""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario
from benefits.income.toeslag import SMALLEST, Toeslag, payable

FIGURE = "kindgebonden_budget"
ARTICLE = "artikelen 1 en 2 Wet op het kindgebonden budget"
NOTHING = Decimal(0)


def kindgebonden_budget(income: Decimal, scenario: Scenario, figures: FiguresOn) -> Toeslag:
    """Also over the months before a birthday the age of the day is used: this is the situation of `on` for a year."""
    if not scenario.household.children:
        return Toeslag(NOTHING, ARTICLE, ())
    limit = wealth_limit(scenario)
    if scenario.wealth > figures[limit]:
        return Toeslag(NOTHING, "artikel 1 Wet op het kindgebonden budget", (limit,))
    year, used = kindgebonden_budget_year(income, scenario.ages_of_children, scenario.is_couple, figures)
    return Toeslag(year, ARTICLE, (*used, SMALLEST))


def kindgebonden_budget_year(
    income: Decimal, ages: tuple[int, ...], couple: bool, figures: FiguresOn
) -> tuple[Decimal, tuple[str, ...]]:
    """The ALO-kop is for a parent without partner; a share of every euro above the threshold is lost."""
    parts = [f"{FIGURE}.per_kind"] * len(ages)
    parts += [f"{FIGURE}.extra_12_15"] * sum(12 <= age <= 15 for age in ages)
    parts += [f"{FIGURE}.extra_16_17"] * sum(16 <= age <= 17 for age in ages)
    parts += [] if couple else [f"{FIGURE}.alo_kop"]
    threshold = f"{FIGURE}.drempel_partner" if couple else f"{FIGURE}.drempel_alleen"
    lost = figures[f"{FIGURE}.afbouw"] * max(NOTHING, income - figures[threshold])
    year = sum((figures[part] for part in parts), NOTHING) - lost
    return payable(year, figures), (*dict.fromkeys(parts), threshold, f"{FIGURE}.afbouw")


def wealth_limit(scenario: Scenario) -> str:
    return f"{FIGURE}.vermogen_partner" if scenario.is_couple else f"{FIGURE}.vermogen_alleen"
