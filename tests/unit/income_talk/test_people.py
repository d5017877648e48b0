"""Who lives there and how old they are, in the words of different people."""

from datetime import date

import pytest

from services.income_talk.ages import ages_alone, take_ages
from services.income_talk.children import children_alone, take_children, take_extra_child
from services.income_talk.household import household_alone, sharers_alone, take_household, take_sharers
from services.income_talk.months import months_alone, take_months, take_start
from services.income_talk.numbers import plain

TODAY = date(2026, 11, 23)
HOUSEHOLDS = [
    ("ik woon alleen", "alone"),
    ("i live alone", "alone"),
    ("alleenstaand, 640 huur", "alone"),
    ("single, no kids", "alone"),
    ("gescheiden", "alone"),
    ("mijn ex man is weg", "alone"),
    ("geen partner", "alone"),
    ("ik ben op mezelf", "alone"),
    ("samen met mijn vrouw", "with_partner"),
    ("ik woon met mijn vriendin", "with_partner"),
    ("getrouwd", "with_partner"),
    ("married with three kids", "with_partner"),
    ("met man en 3 kinderen", "with_partner"),
    ("wij wonen samen", "with_partner"),
    ("Mijn vrouw kan 20 uur beginnen", "with_partner"),
    ("alleen met mijn 2 kinderen", "with_children"),
    ("alleenstaande moeder", "with_children"),
    ("Ik ben alleenstaande moeder met een peuter", "with_children"),
    ("single mom of two", "with_children"),
    ("ik woon met mijn zoon", "with_children"),
    ("alleen 20 uur", None),
    ("bij de jumbo", None),
]
CHILDREN = [
    ("alleen met mijn 2 kinderen", [], 2),
    ("mijn 2 kinderen van 5 en 8", [5, 8], 0),
    ("een dochter van 12", [12], 0),
    ("geen kinderen", [], 0),
    ("de kinderen zijn het huis uit", [], 0),
    ("ik heb 3 kinderen (2, 4 en 9 jaar)", [2, 4, 9], 0),
    ("een zoon van 7 en een dochter van 12", [7, 12], 0),
    ("2 dochters van 3 en 1 zoon van 8", [3, 8], 0),
    ("een baby", [0], 0),
    ("baby van 3 maanden", [0], 0),
    ("ik heb een peuter", [2], 0),
    ("kinderen 6 8 en 10", [6, 8, 10], 0),
    ("2 kids aged 5 and 8", [5, 8], 0),
    ("my son is 7", [7], 0),
    ("1 kind 20 uur", [], 1),
    ("2 kinderen en 20 uur", [], 2),
    ("kinderen van 5 en 8, 20 uur", [5, 8], 0),
    ("een van 5 en een van 8 jaar, mijn kinderen", None, 0),
    ("kinderopvang", None, 0),
]
AGES = [
    ("ik ben 34", {0: 34}),
    ("34 jaar", {0: 34}),
    ("ik ben 23 en woon alleen", {0: 23}),
    ("i am 34 years old", {0: 34}),
    ("23 years", {0: 23}),
    ("geboren in 1990", {0: 36}),
    ("mijn vrouw is 31", {1: 31}),
    ("ik ben 40 en mijn man is 42", {0: 40, 1: 42}),
    ("ik 40 mijn man 42", {1: 42}),
    ("mijn ex man is 40", {}),
    ("ik ben 24 uur beschikbaar", {}),
    ("ik zit 10 jaar in de bijstand", {}),
    ("ik zit al 4 jaar thuis", {}),
]
SHARERS = [
    ("bij mijn ouders", 2),
    ("ik woon bij mijn moeder en mijn broer", 2),
    ("met 3 huisgenoten", 3),
    ("alleen", None),
]
SHARERS_WHEN_ASKED = [
    ("nee", 0),
    ("niemand", 0),
    ("0", 0),
    ("2", 2),
    ("ja mijn moeder", 1),
    ("mijn ouders", 2),
    ("ja", None),
]
MONTHS_WHEN_ASKED = [
    ("nee", 0),
    ("nog nooit", 0),
    ("4", 4),
    ("4 maanden", 4),
    ("een jaar", 12),
    ("2 jaar", 24),
    ("ja", None),
]
STARTS = [
    ("per 1 december", date(2026, 12, 1)),
    ("ik begin 1 maart 2027", date(2027, 3, 1)),
    ("vanaf januari", date(2027, 1, 1)),
    ("volgende maand", date(2026, 12, 1)),
    ("op 31 februari", None),
    ("in mei 2020", None),
]


@pytest.mark.parametrize(("line", "household"), HOUSEHOLDS)
def test_a_household_is_read(line: str, household: str | None) -> None:
    assert take_household(plain(line))[0] == household


@pytest.mark.parametrize(
    ("line", "household"), [("alleen", "alone"), ("vrouw", "with_partner"), ("kinderen", "with_children"), ("20", None)]
)
def test_one_word_is_enough_when_it_was_asked_with_whom(line: str, household: str | None) -> None:
    assert household_alone(plain(line)) == household


@pytest.mark.parametrize(("line", "ages", "count"), CHILDREN)
def test_children_are_read(line: str, ages: list[int] | None, count: int) -> None:
    children = take_children(plain(line))[0]
    if ages is None:
        assert children is None or children["ages"] == []
    else:
        assert children is not None
        assert (children["ages"], children.get("count", 0)) == (ages, count)


@pytest.mark.parametrize(
    ("line", "ages"), [("5 en 8", [5, 8]), ("5", [5]), ("nee", []), ("niemand", []), ("0 en 17", [0, 17])]
)
def test_numbers_alone_are_ages_when_children_were_asked_for(line: str, ages: list[int]) -> None:
    assert children_alone(plain(line)) == {"ages": ages}


@pytest.mark.parametrize("line", ["met een kind erbij", "nog een kind", "als we een baby krijgen", "another child"])
def test_one_more_child_is_read(line: str) -> None:
    assert take_extra_child(plain(line))[0]


@pytest.mark.parametrize(("line", "ages"), AGES)
def test_ages_are_read_by_person(line: str, ages: dict[int, int]) -> None:
    assert take_ages(plain(line), TODAY)[0] == ages


def test_two_numbers_are_two_ages_when_two_were_asked_for() -> None:
    assert ages_alone("34 en 31", TODAY, 2) == {0: 34, 1: 31}
    assert ages_alone("1985", TODAY, 1) == {0: 41}


@pytest.mark.parametrize(("line", "number"), SHARERS)
def test_others_in_the_home_are_read(line: str, number: int | None) -> None:
    assert take_sharers(plain(line))[0] == number


@pytest.mark.parametrize(("line", "number"), SHARERS_WHEN_ASKED)
def test_others_in_the_home_are_counted_when_asked(line: str, number: int | None) -> None:
    assert sharers_alone(plain(line)) == number


@pytest.mark.parametrize(
    ("line", "months"), [("al 4 maanden gewerkt", 4), ("ik werk al 3 maanden", 3), ("3 maanden", None)]
)
def test_months_of_work_are_read(line: str, months: int | None) -> None:
    assert take_months(plain(line))[0] == months


@pytest.mark.parametrize(("line", "months"), MONTHS_WHEN_ASKED)
def test_months_are_counted_when_asked(line: str, months: int | None) -> None:
    assert months_alone(plain(line)) == months


@pytest.mark.parametrize(("line", "day"), STARTS)
def test_the_first_day_of_work_lies_ahead(line: str, day: date | None) -> None:
    assert take_start(plain(line), TODAY)[0] == day
