"""What a calculation was made with, as a list of terms and values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.income.ages import age_on
from benefits.notation import euros_in_dutch
from services.income_view.amounts import hours
from services.phrases import Phrases

type Fact = tuple[str, str]
MONTHS = ("months_with_n", "months_with_r", "months_with_z", "months_with_34a")
HOUSEHOLDS = {
    "alleenstaande": "calculation_household_alleenstaande",
    "alleenstaande_ouder": "calculation_household_alleenstaande_ouder",
    "paar": "calculation_household_paar",
}


def facts_of(scenario: Mapping[str, Any], phrases: Phrases) -> tuple[Fact, ...]:
    """In the order in which it was asked; what was not asked and changes nothing is left out."""
    return (
        *_work(scenario.get("work", []), phrases),
        *_household(scenario["household"], date.fromisoformat(scenario["on"]), phrases),
        *_money(scenario, phrases),
    )


def _work(work: Sequence[Mapping[str, Any]], phrases: Phrases) -> Iterator[Fact]:
    for each in work:
        told = phrases.say(
            "calculation_fact_work_is",
            uren=hours(str(each["hours_per_week"]).removesuffix(".0")),
            bedrag=euros_in_dutch(Decimal(str(each["hourly_wage"]))),
        )
        term = "calculation_fact_work_partner" if each.get("person") else "calculation_fact_work"
        yield phrases.say(term), told
        if months := sum(each.get(key, 0) for key in MONTHS):
            yield phrases.say("calculation_fact_months"), str(months)
        if each.get("medisch_urenbeperkt"):
            yield phrases.say("calculation_fact_medical"), phrases.say("calculation_yes")


def _household(household: Mapping[str, Any], on: date, phrases: Phrases) -> Iterator[Fact]:
    yield phrases.say("calculation_fact_household"), phrases.say(HOUSEHOLDS[household["type"]])
    births = household["birth_dates"]
    yield phrases.say("calculation_fact_ages" if len(births) > 1 else "calculation_fact_age"), _ages(births, on)
    if children := household.get("children"):
        yield phrases.say("calculation_fact_children"), _ages([child["birth_date"] for child in children], on)
    if sharers := household.get("cost_sharers"):
        yield phrases.say("calculation_fact_sharers"), str(sharers)
    if not household.get("parents_can_support", True):
        yield phrases.say("calculation_fact_parents"), phrases.say("calculation_no")


def _ages(births: Sequence[str], on: date) -> str:
    return ", ".join(str(age_on(date.fromisoformat(birth), on)) for birth in births)


def _money(scenario: Mapping[str, Any], phrases: Phrases) -> Iterator[Fact]:
    rent = scenario.get("housing", {}).get("kale_huur")
    told = phrases.say("calculation_fact_no_rent") if rent is None else euros_in_dutch(Decimal(str(rent)))
    yield phrases.say("calculation_fact_rent"), told
    if wealth := Decimal(str(scenario.get("wealth", 0))):
        yield phrases.say("calculation_fact_wealth"), euros_in_dutch(wealth)
