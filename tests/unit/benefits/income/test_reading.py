"""From text to a situation: exact, nothing guessed, and one clear error that names the key."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from benefits.errors import ScenarioWrong
from benefits.income.document import read_document
from benefits.income.read_scenario import read_scenario
from benefits.income.scenario import HouseholdType, Housing, Scenario
from tests.unit.benefits.income.situations import LAW, TODAY, single

YAML = """\
on: 2026-07-15
household:
  type: alleenstaande_ouder
  birth_dates: [1985-03-01]
  children: [{birth_date: 2020-05-01}]
housing: {kale_huur: 612.35, zelfstandig: yes}
wealth: "1200.50"
work:
- hours_per_week: 12.5
  hourly_wage: 15.1
municipality: {grants_exemption: false}
"""


def read(text: str) -> Scenario:
    return read_scenario(read_document(text), TODAY, LAW)


def refused(text: str) -> ScenarioWrong:
    with pytest.raises(ScenarioWrong) as caught:
        read(text)
    return caught.value


def test_yaml_is_read_with_the_bare_key_on_and_exact_numbers() -> None:
    scenario = read(YAML)

    assert scenario.on == date(2026, 7, 15)
    assert scenario.household.type is HouseholdType.ALLEENSTAANDE_OUDER
    assert (scenario.housing.kale_huur, scenario.wealth) == (Decimal("612.35"), Decimal("1200.50"))
    assert scenario.work[0].hours_per_week == Decimal("12.5")
    assert scenario.work[0].hourly_wage == Decimal("15.1")
    assert scenario.municipality.grants_exemption is False


def test_json_gives_the_same_situation_as_yaml() -> None:
    document = read_document(YAML)

    assert read(json.dumps(document, default=float)) == read(YAML)


def test_what_is_left_out_has_the_default_of_the_contract() -> None:
    scenario = read('{"household": {"type": "alleenstaande", "birth_dates": ["1985-03-01"]}}')

    assert scenario.on == TODAY
    assert (scenario.household.children, scenario.household.cost_sharers) == ((), 0)
    assert scenario.household.parents_can_support
    assert scenario.housing == Housing(kale_huur=None, zelfstandig=True)
    assert scenario.wealth == 0
    assert (scenario.work, scenario.municipality.grants_exemption) == ((), True)
    assert not scenario.municipality.anticipates_34a


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("hours_per_week: 12.5", "hours_per_week: .nan", "work[0].hours_per_week", "not infinite"),
        ("hours_per_week: 12.5", "hours_per_week: -.inf", "work[0].hours_per_week", "not infinite"),
        ("hours_per_week: 12.5", "hours_per_week: 1:30", "work[0].hours_per_week", "has to be a number"),
        ("hours_per_week: 12.5", "hours_per_week: 1_2", "work[0].hours_per_week", "has to be a number"),
        ("hours_per_week: 12.5", "hours_per_week: 012", "work[0].hours_per_week", "has to be a number"),
        ("hours_per_week: 12.5", "hours_per_week: '12'", "work[0].hours_per_week", "has to be a number"),
        ("hours_per_week: 12.5", "hours_per_week: on", "work[0].hours_per_week", "has to be a number"),
        ("hours_per_week: 12.5", "hours_per_week:", "work[0].hours_per_week", "has to be a number"),
        ("hourly_wage: 15.1", "hourly_wage: 15.101", "work[0].hourly_wage", "more than two decimals"),
        ("hourly_wage: 15.1", "hourly_wage: € 15", "work[0].hourly_wage", "has to be an amount"),
        ("hourly_wage: 15.1", "hourly_wage: -0.01", "work[0].hourly_wage", "cannot be negative"),
        ("hourly_wage: 15.1", f"hourly_wage: {'9' * 60}", "work[0].hourly_wage", "has to be an amount"),
        ("hourly_wage: 15.1", "hourly_wage: 9999999999", "work[0].hourly_wage", "cannot be more than"),
        ("hourly_wage: 15.1", "hourly_wage: 15.1\n  person: 2", "work[0].person", "from 0 to 1"),
        ("hourly_wage: 15.1", "hourly_wage: 15.1\n  person: 1", "work[0].person", "there is no person 1"),
        ("hourly_wage: 15.1", "hourly_wage: 15.1\n  uurloon: 2", "work[0].uurloon", "unknown key; known are"),
        ("hourly_wage: 15.1", "hourly_wage: 15.1\n  hourly_wage: 2", "hourly_wage", "stands twice"),
        ("on: 2026-07-15", "on: 2026-07-15T10:00:00", "on", "has to be a date"),
        ("on: 2026-07-15", "on: 20260715", "on", "has to be a date"),
        ("on: 2026-07-15", "on: 2026-02-30", "on", "there is no day 2026-02-30"),
        ("on: 2026-07-15", "on: null", "on", "has to be a date"),
        ("on: 2026-07-15", "true: 2026-07-15", "true", "unknown key"),
        ("on: 2026-07-15", "on: 2026-07-15\nOn: 2026-07-15", "On", "unknown key"),
        ("birth_dates: [1985-03-01]", "birth_dates: 1985-03-01", "household.birth_dates", "has to be a list"),
        ("{birth_date: 2020-05-01}", "2020-05-01", "household.children[0]", "has to be a mapping"),
        ("wealth: \"1200.50\"", "wealth: 12.00.50", "wealth", "has to be an amount"),
        ("wealth: \"1200.50\"", "wealth: true", "wealth", "has to be a number"),
        ("zelfstandig: yes", "zelfstandig: 1", "housing.zelfstandig", "has to be true or false"),
        ("zelfstandig: yes", "zelfstandig: \"yes\"", "housing.zelfstandig", "has to be true or false"),
        ("municipality: {grants_exemption: false}", "municipality: []", "municipality", "has to be a mapping"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_the_way_to_its_key(old: str, new: str, key: str, problem: str) -> None:
    assert old in YAML
    error = refused(YAML.replace(old, new, 1))

    assert error.key == key
    assert problem in error.problem
    assert str(error) == f"{key}: {error.problem}"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "true", '"20"', "null", "[]"])
def test_json_numbers_that_are_none_are_refused(number: str) -> None:
    text = json.dumps(single()).replace('"hours_per_week": 20', f'"hours_per_week": {number}')

    assert refused(text).key == "work[0].hours_per_week"


@pytest.mark.parametrize("months", ["2.0", "true", '"2"', "-1", "1000"])
def test_months_are_whole_numbers(months: str) -> None:
    text = json.dumps(single(months_with_n=2)).replace('"months_with_n": 2', f'"months_with_n": {months}')

    assert refused(text).key == "work[0].months_with_n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has to be a mapping"),
        ("just words", "has to be a mapping"),
        ("a: [", "line 1: is not YAML"),
        ('{"a": 1', "line 1: is not JSON"),
        ("a: 1\n---\na: 2", "is not YAML"),
        ("a: !!python/object:os.system x", "is not YAML"),
        ("[" * 5000, "nested too deeply"),
        ("? [a]\n: 1", "a key has to be a word"),
        ("a: \x00", "is not YAML"),
    ],
)
def test_a_text_that_is_no_document_says_so(text: str, problem: str) -> None:
    error = refused(text)

    assert error.key == "document"
    assert problem in error.problem


def test_a_key_that_stands_twice_in_json_is_refused() -> None:
    assert refused('{"wealth": 1, "wealth": 2}').key == "wealth"


def test_flow_yaml_that_is_not_json_is_read_all_the_same() -> None:
    assert read("{household: {type: alleenstaande, birth_dates: [1985-03-01]}}").on == TODAY


@pytest.mark.parametrize("found", [14.99, Decimal("14.99"), "14.99"])
def test_plain_data_may_have_floats_decimals_or_texts(found: Any) -> None:
    document = single() | {"wealth": found}

    assert read_scenario(document, TODAY, LAW).wealth == Decimal("14.99")


def test_minus_nothing_is_nothing() -> None:
    text = json.dumps(single()).replace('"wealth": "0"', '"wealth": -0.0')

    assert str(read(text).wealth) == "0.0"
