"""Wages and rents, in the words of different people."""

import pytest

from services.income_talk.numbers import plain
from services.income_talk.rent import rent_alone, take_rent
from services.income_talk.wage import take_amount_as_wage, take_wage, wage_alone

CALLED_WAGE = [
    ("1200 bruto in de maand", "1200.00", "month"),
    ("€ 1.200 bruto per maand", "1200.00", "month"),
    ("1.250,50 euro per mnd", "1250.50", "month"),
    ("€ 15,20 per uur", "15.20", "hour"),
    ("15 euro per uur", "15.00", "hour"),
    ("vijftien euro per uur", "15.00", "hour"),
    ("15 euro 50 per uur", "15.50", "hour"),
    ("15 p/u", "15.00", "hour"),
    ("mijn uurloon is 16", "16.00", "hour"),
    ("ik verdien 14 euro 99", "14.99", "hour"),
    ("I get 15.20 an hour", "15.20", "hour"),
    ("15 euros gross per hour", "15.00", "hour"),
    ("1100 per vier weken", "1100.00", "four_weeks"),
    ("300 euro per week", "300.00", "week"),
    ("20.000 per jaar", "20000.00", "year"),
    ("loon 900 en uitkering", "900.00", "month"),
    ("salaris 1450 bruto per mand", "1450.00", "month"),
    ("bruto 1450 per mand hoeveel word me uitkering", "1450.00", "month"),
]
NET = [
    ("900 netto", "900.00", "month"),
    ("netto 1100 loon", "1100.00", "month"),
    ("12 euro netto per uur", "12.00", "hour"),
    ("ik krijg 950 schoon in het handje per maand", "950.00", "month"),
    ("I earn 950 net", "950.00", "month"),
]
NO_WAGE = [
    "bij de jumbo",
    "20 uur",
    "ik ben 34",
    "de huur is 640 per maand",
    "ik krijg 80 euro zorgtoeslag per maand",
    "mijn uitkering is 1400 per maand",
    "ik heb een schuld van 200 per maand",
    "ik betaal 700 per maand",
]
WITH_A_SIGN = [
    ("bij de jumbo voor 15 euro", "hour"),
    ("voor €14,50", "hour"),
    ("ik krijg straks 1.300 euro", "month"),
    ("ik heb 5000 euro spaargeld", None),
    ("100 euro", None),
    ("16 uur voor 14,99", "hour"),
    ("30 uur keer 15,50 als alleenstaande", "hour"),
    ("ik betaal 700 euro per maand", None),
]
RENTS = [
    ("huur is 640", "640.00"),
    ("Mijn huur is 640 euro en ik woon alleen", "640.00"),
    ("ik betaal 612,35 huur", "612.35"),
    ("€ 700 kale huur", "700.00"),
    ("my rent is 640", "640.00"),
    ("ik betaal 700 per maand", "700.00"),
    ("huurtoeslag 200", None),
]


@pytest.mark.parametrize(("line", "amount", "per"), CALLED_WAGE)
def test_a_wage_is_read_with_its_period(line: str, amount: str, per: str) -> None:
    assert take_wage(plain(line))[0] == {"amount": amount, "per": per}


@pytest.mark.parametrize(("line", "amount", "per"), NET)
def test_a_net_wage_is_known_as_such(line: str, amount: str, per: str) -> None:
    assert take_wage(plain(line))[0] == {"amount": amount, "per": per, "net": True}


@pytest.mark.parametrize("line", ["minimumloon", "het minimum loon", "gewoon minimum", "minimum wage"])
def test_the_minimum_wage_has_no_amount_here(line: str) -> None:
    assert take_wage(plain(line))[0] == {"minimum": True}


@pytest.mark.parametrize("line", NO_WAGE)
def test_other_money_is_no_wage(line: str) -> None:
    assert take_wage(plain(line))[0] is None


@pytest.mark.parametrize(("line", "per"), WITH_A_SIGN)
def test_an_amount_without_a_period_is_known_by_its_size(line: str, per: str | None) -> None:
    wage = take_amount_as_wage(plain(line))[0]
    assert (wage and wage["per"]) == per


@pytest.mark.parametrize(
    ("line", "per"), [("14,50", "hour"), ("15,-", "hour"), ("1200", "month"), ("120", None), ("40 en 39", None)]
)
def test_a_number_alone_is_a_wage_when_the_wage_was_asked_for(line: str, per: str | None) -> None:
    wage = wage_alone(plain(line))
    assert (wage and wage["per"]) == per


@pytest.mark.parametrize(("line", "amount"), RENTS)
def test_rent_is_read(line: str, amount: str | None) -> None:
    assert take_rent(plain(line))[0] == (None if amount is None else {"amount": amount})


@pytest.mark.parametrize("line", ["geen huur", "ik heb een koopwoning", "eigen huis met hypotheek", "no rent"])
def test_who_pays_no_rent_says_so(line: str) -> None:
    assert take_rent(plain(line))[0] == {}


@pytest.mark.parametrize(("line", "rent"), [("640", "640.00"), ("640 euro", "640.00"), ("nee", ""), ("20 uur", None)])
def test_a_number_alone_is_a_rent_when_the_rent_was_asked_for(line: str, rent: str | None) -> None:
    found = rent_alone(plain(line))
    assert (found if found is None else found.get("amount", "")) == rent


def test_a_room_is_no_home_of_its_own() -> None:
    assert rent_alone(plain("400 voor een kamer")) == {"amount": "400.00", "room": True}
