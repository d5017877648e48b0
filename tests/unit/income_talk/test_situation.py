"""From what was told to a document that the law can be applied to."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from benefits.figures import load_figures
from benefits.income.ages import age_on
from benefits.income.effect import income_effect
from benefits.income.gross_from_net import gross_from_net
from benefits.income.law import income_law
from benefits.income.read_scenario import read_scenario
from benefits.income.wage_tax import table_row
from services.income_talk.answers import Answers
from services.income_talk.household import Household
from services.income_talk.situation import as_document, by_the_hour

LAW = income_law(load_figures())
TODAY = date(2026, 11, 23)


def document(today: date = TODAY, policy: dict[str, Any] | None = None, **told: Any) -> dict[str, Any]:
    answers = Answers(**{"hours": {"low": "20"}, "wage": {"amount": "15.00", "per": "hour"}, **told})  # type: ignore[typeddict-item]
    return as_document(answers, today, LAW, policy or {})


def test_what_was_not_told_has_its_default() -> None:
    scenario = read_scenario(as_document({}, TODAY, LAW, {}), TODAY, LAW)

    assert (scenario.household.type, scenario.ages, scenario.housing.kale_huur) == ("alleenstaande", (30,), None)
    assert scenario.work[0].hours_per_week == 20
    assert scenario.work[0].hourly_wage == LAW.on(TODAY)["wml_uur.21+"]


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31)])
def test_people_are_as_old_on_the_day_as_they_said(on: date) -> None:
    told = document(on, household=Household.WITH_CHILDREN, ages={"0": 27}, children={"ages": [0, 12]})
    births = [date.fromisoformat(told["household"]["birth_dates"][0])]
    children = [date.fromisoformat(child["birth_date"]) for child in told["household"]["children"]]

    assert [age_on(birth, on) for birth in births + children] == [27, 0, 12]


def test_grown_up_children_are_no_children_and_from_27_they_share_the_costs() -> None:
    told = document(household=Household.WITH_CHILDREN, children={"ages": [17, 19, 28]}, sharers=1)["household"]

    assert (told["type"], len(told["children"]), told["cost_sharers"]) == ("alleenstaande_ouder", 1, 2)


def test_with_grown_up_children_only_nobody_is_a_single_parent() -> None:
    assert document(household=Household.WITH_CHILDREN, children={"ages": [19]})["household"]["type"] == "alleenstaande"


@pytest.mark.parametrize(
    ("wage", "hourly"),
    [
        ({"amount": "1300.00", "per": "month"}, "15.00"),
        ({"amount": "300.00", "per": "week"}, "15.00"),
        ({"amount": "1200.00", "per": "four_weeks"}, "15.00"),
        ({"amount": "15600.00", "per": "year"}, "15.00"),
        ({"minimum": True}, "14.99"),
    ],
)
def test_every_wage_becomes_one_of_an_hour(wage: dict[str, Any], hourly: str) -> None:
    assert document(wage=wage)["work"][0]["hourly_wage"] == hourly


def test_the_minimum_wage_is_that_of_the_age_of_who_works() -> None:
    ages: dict[str, Any] = {
        "household": Household.WITH_PARTNER,
        "ages": {"0": 40, "1": 19},
        "wage": {"minimum": True},
        "worker": 1,
    }

    work = document(**ages)["work"][0]

    assert (work["person"], work["hourly_wage"]) == (1, "8.99")


def test_a_net_wage_comes_back_from_the_gross_one_that_is_found() -> None:
    told = document(wage={"amount": "1500.00", "per": "month", "net": True}, hours={"low": "36"})
    outcome = income_effect(LAW, read_scenario(told, TODAY, LAW))

    assert abs(outcome.settlement.net - 1500) < Decimal("2.50")  # the table of wages has rows of some euros


@pytest.mark.parametrize("net", ["50", "900", "1272.14", "2400", "6000"])
def test_the_gross_wage_of_a_net_one_gives_that_net_one(net: str) -> None:
    gross = gross_from_net(Decimal(net), LAW.on(TODAY))

    assert abs(gross - table_row(gross, LAW.on(TODAY)).tax - Decimal(net)) < 3


def test_with_other_hours_the_wage_of_an_hour_stays() -> None:
    told = Answers(hours={"low": "20"}, wage={"amount": "1300.00", "per": "month"})

    assert by_the_hour(told, LAW.on(TODAY))["wage"] == {"amount": "15.00", "per": "hour"}


def test_months_beyond_those_of_the_first_exemption_are_of_the_next() -> None:
    work = document(months=10)["work"][0]

    assert (work["months_with_n"], work["months_with_r"], work["months_with_34a"]) == (6, 4, 0)


def test_in_the_new_year_months_are_those_of_the_new_exemption() -> None:
    work = document(date(2027, 3, 10), months=10)["work"][0]

    assert (work["months_with_n"], work["months_with_34a"]) == (0, 2)


def test_work_that_begins_later_is_calculated_for_that_day() -> None:
    assert document(start="2027-01-01")["on"] == "2027-01-01"
    assert document(start="2026-01-01")["on"] == TODAY.isoformat()


def test_the_municipality_decides_about_its_own_policy() -> None:
    told = document(policy={"exemption_25": False, "anticipates_34a": True})

    assert told["municipality"] == {"grants_exemption": False, "anticipates_34a": True}
