"""The months that come, and other hours of work: worked out with the law, never told in advance."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from benefits.income.ahead import Why, what_changes
from benefits.income.by_hours import along_the_week, kept_of_ten
from benefits.income.effect import income_effect
from benefits.income.overview import overview
from benefits.income.read_scenario import read_scenario
from benefits.income.scenario import Scenario
from tests.unit.benefits.income.situations import LAW, TODAY, Document, couple, documents, single


def scenario_of(document: Document) -> Scenario:
    return read_scenario(document, TODAY, LAW)


def changes(document: Document) -> list[tuple[date, tuple[Why, ...], list[str]]]:
    found = what_changes(LAW, scenario_of(document))
    return [(one.day, one.whys, [earner.exemption.kind for earner in one.outcome.earners]) for one in found]


def test_the_seventh_month_has_no_part_of_the_wage_to_keep() -> None:
    found = changes(single(on="2026-01-15", hours=20))
    assert (date(2026, 7, 1), (Why.EXEMPTION, Why.FIGURES), ["none"]) in found


def test_months_that_were_used_already_bring_the_end_nearer() -> None:
    found = changes(single(on="2026-01-15", hours=20, months_with_n=4))
    assert found[0] == (date(2026, 3, 1), (Why.EXEMPTION,), ["none"])


def test_the_new_year_brings_the_new_rule_and_amounts_that_are_not_known_yet() -> None:
    found = changes(single(on="2026-11-23", hours=20))
    assert found[0] == (date(2027, 1, 1), (Why.EXEMPTION, Why.UNKNOWN), ["34a"])
    assert found[1] == (date(2028, 1, 1), (Why.EXEMPTION,), ["none"])


def test_the_amounts_of_july_are_a_change_of_their_own() -> None:
    found = changes(single(on="2026-06-30", hours=0))
    assert found[0][:2] == (date(2026, 7, 1), (Why.FIGURES,))


def test_nobody_grows_older_in_the_months_that_come() -> None:
    """The birthdays are the last days before an amount would change."""
    scenario = scenario_of(single(on="2026-07-15", hours=20, born="1999-07-16", children=("2014-07-16",)))
    for change in what_changes(LAW, scenario):
        assert change.outcome.earners[0].exemption.kind in ("none", "34a"), "27 would bring exemption n"


def test_each_partner_uses_up_months_of_their_own() -> None:
    work = [
        {"person": 0, "hours_per_week": 8, "hourly_wage": "15.00", "months_with_n": 4},
        {"person": 1, "hours_per_week": 8, "hourly_wage": "15.00"},
    ]
    found = changes(couple(work=work, on="2026-01-15"))
    assert [kinds for _, whys, kinds in found if Why.EXEMPTION in whys][:2] == [["none", "n"], ["none", "none"]]


def test_a_change_is_told_only_when_it_is_felt() -> None:
    """Who earns more than bijstand is served by no exemption."""
    assert all(Why.EXEMPTION not in whys for _, whys, _ in changes(single(on="2026-01-15", hours=40)))


def test_the_table_has_the_hours_of_the_question_and_those_at_which_bijstand_stops() -> None:
    scenario = scenario_of(single(hours=20))
    shown = overview(LAW, scenario, income_effect(LAW, scenario), Decimal("22.5"))
    points: list[dict[str, Any]] = shown["by_hours"]
    assert shown["asked"] == ["20", "22.5"]
    assert str(income_effect(LAW, scenario).hours_to_leave) in [point["hours"] for point in points]
    assert [point["hours"] for point in points if point["in_table"]] == [
        "0", "8", "12", "16", "20", "22.5", "24", "28", "32", "36",
    ]  # fmt: skip
    at_22 = next(point for point in points if point["hours"] == "22.5")
    assert shown["until"]["together_after"] == at_22["together"]


def test_of_every_ten_euros_a_quarter_is_kept_under_exemption_n() -> None:
    """Toeslagen do not move between these hours: only the exemption counts, of a wage without tax."""
    scenario = scenario_of(single(hours=4, wage="15.00", rent=None))
    less, more = along_the_week(LAW, scenario, [])[:2]
    assert kept_of_ten(less, more) == Decimal("2.5")
    assert kept_of_ten(less, less) is None


@settings(max_examples=60)
@given(documents())
def test_other_hours_agree_with_a_calculation_of_those_hours(document: Document) -> None:
    scenario = scenario_of(document)
    outcome = income_effect(LAW, scenario)
    shown = overview(LAW, scenario, outcome, None)
    assert shown["together_after"] == str(round(outcome.income_after + outcome.after.month, 2))
    if scenario.work:
        here = next(point for point in shown["by_hours"] if [point["hours"]] == shown["asked"])
        assert here["together"] == shown["together_after"]
        hours = [Decimal(point["hours"]) for point in shown["by_hours"]]
        assert all(less < more for less, more in pairwise(hours))
    days = [change["on"] for change in shown["ahead"]]
    assert days == sorted(set(days))
    assert all(day > document["on"] for day in days)
