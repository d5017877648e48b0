"""Situations that cannot be, or to which other rules apply: refused with the key, because nothing is guessed."""

from datetime import date

from benefits.errors import ScenarioWrong
from benefits.income.ages import ADULT, age_on
from benefits.income.law import IncomeLaw
from benefits.income.scenario import HouseholdType, Scenario


def check_possible(scenario: Scenario, law: IncomeLaw) -> None:
    """Raises ScenarioWrong at the first thing that does not fit together."""
    _check_day(scenario, law)
    _check_people(scenario, law)
    _check_children(scenario)
    _check_work(scenario)


def _check_day(scenario: Scenario, law: IncomeLaw) -> None:
    if scenario.on < law.first_day:
        raise ScenarioWrong("on", f"the first day with figures is {law.first_day}")
    if scenario.household.children and scenario.on < law.first_day_with_children:
        raise ScenarioWrong("on", f"with children the first day with figures is {law.first_day_with_children}")


def _check_people(scenario: Scenario, law: IncomeLaw) -> None:
    """Everybody from 18 to AOW age; below and above other rules hold."""
    births = scenario.household.birth_dates
    expected = 2 if scenario.is_couple else 1
    if len(births) != expected:
        problem = f"{scenario.household.type} has {expected}, the applicant first; there are {len(births)}"
        raise ScenarioWrong("household.birth_dates", problem)
    pension = int(law.on(scenario.on)["aow_leeftijd"])
    for place, birth in enumerate(births):
        key = f"household.birth_dates[{place}]"
        _check_born(key, birth, scenario.on)
        age = age_on(birth, scenario.on)
        if age < ADULT:
            raise ScenarioWrong(key, f"is {age} years old; this calculation is for people from {ADULT}")
        if age >= pension:
            raise ScenarioWrong(key, f"has AOW age ({pension}); the rules of this calculation end there")


def _check_children(scenario: Scenario) -> None:
    children, kind = scenario.household.children, scenario.household.type
    if kind is HouseholdType.ALLEENSTAANDE_OUDER and not children:
        raise ScenarioWrong("household.children", "alleenstaande_ouder has at least one child")
    if kind is HouseholdType.ALLEENSTAANDE and children:
        raise ScenarioWrong(
            "household.children", "alleenstaande has no children; household.type: alleenstaande_ouder has"
        )
    for place, birth in enumerate(children):
        key = f"household.children[{place}].birth_date"
        _check_born(key, birth, scenario.on)
        if age_on(birth, scenario.on) >= ADULT:
            raise ScenarioWrong(key, f"is {ADULT} or older; a child of that age does not count here")


def _check_born(key: str, birth: date, day: date) -> None:
    if birth > day:
        raise ScenarioWrong(key, f"{birth} lies in the future, after {day}")


def _check_work(scenario: Scenario) -> None:
    seen: set[int] = set()
    for number, work in enumerate(scenario.work):
        key = f"work[{number}].person"
        if work.person >= len(scenario.ages):
            raise ScenarioWrong(key, f"there is no person {work.person} in household.birth_dates")
        if work.person in seen:
            raise ScenarioWrong(key, f"person {work.person} stands twice; give one entry per person")
        seen.add(work.person)
