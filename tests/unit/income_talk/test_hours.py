"""Hours of work, in the words of different people."""

import pytest

from services.income_talk.hours import Hours, hours_alone, hours_in
from services.income_talk.numbers import plain

CALLED_HOURS = [
    ("20 uur", "20"),
    ("20 uur per week", "20"),
    ("ik kan vierentwintig uur werken", "24"),
    ("tweeëntwintig uur", "22"),
    ("een baan van 12 uurtjes bij de appie", "12"),
    ("22 uurr", "22"),
    ("17,5 uur", "17.5"),
    ("8u", "8"),
    ("24 hours a week", "24"),
    ("twenty-four hours", "24"),
    ("i can do 30 hrs", "30"),
    ("drie dagen van 6 uur", "18"),
    ("3x6 uur", "18"),
    ("drie ochtenden van 4 uur", "12"),
    ("2 dagen per week 4 uur", "8"),
    ("3 dagen elke dag 8 uur", "24"),
    ("3 days work, 8 hours every day", "24"),
    ("elke dag 4 uur", "20"),
    ("4 uur per dag", "20"),
    ("4 uur per dag, 3 dagen", "12"),
    ("ik ga 3 dagen per week werken", "24"),
    ("één dag in de week", "8"),
    ("twee ochtenden in de kantine", "8"),
    ("80 uur per maand", "18.5"),
    ("120 uur", "27.7"),
    ("fulltime", "36"),
    ("full-time bij de post", "36"),
    ("een halve baan, halftime dus", "18"),
    ("0,6 fte", "21.6"),
    ("ten minste 20 uur", "20"),
    ("16 euro per uur en 20 uur", "20"),
    ("baas zegt 16 euro per uur 20 uur", "20"),
    ("mijn vrouw kan 20 uur bij de bezorgdienst beginnen", "20"),
]
NO_HOURS = [
    "15 euro per uur",
    "ik kom om 10 uur",
    "nul uren contract",
    "5.000 euro",
    "ik ben 34 jaar",
    "binnen 3 dagen bellen",
    "uur",
    "400 uur",
    "2 dagen geleden",
]
RANGES = [
    ("zo'n 16 tot 20 uur denk ik", ("16", "20")),
    ("16-20 uur", ("16", "20")),
    ("tussen de 16 en 24 uur", ("16", "24")),
    ("16 of 20 uur", ("16", "20")),
    ("16 à 20 uur", ("16", "20")),
    ("min 16 max 20 uur", ("16", "20")),
    ("20 uur of 32 uur in het magazijn", ("20", "32")),
    ("between 12 and 16 hours", ("12", "16")),
    ("24 tot 16 uur", ("16", "24")),
]
WHEN_ASKED = [
    ("20", "20"),
    ("ongeveer 20", "20"),
    ("twintig", "20"),
    ("drie dagen", "24"),
    ("ik denk 12 ofzo", "12"),
    ("200 euro", None),
    ("veel", None),
]


@pytest.mark.parametrize(("line", "hours"), CALLED_HOURS)
def test_hours_are_read(line: str, hours: str) -> None:
    assert hours_in(line) == {"low": hours}


@pytest.mark.parametrize("line", NO_HOURS)
def test_what_are_no_hours_of_work_is_left(line: str) -> None:
    assert hours_in(line) is None


@pytest.mark.parametrize(("line", "ends"), RANGES)
def test_a_range_keeps_both_ends(line: str, ends: tuple[str, str]) -> None:
    assert hours_in(line) == Hours(low=ends[0], to=ends[1])


@pytest.mark.parametrize(("line", "hours"), WHEN_ASKED)
def test_a_number_alone_is_one_of_hours_when_hours_were_asked_for(line: str, hours: str | None) -> None:
    assert hours_alone(plain(line)) == (None if hours is None else {"low": hours})


def test_a_range_without_the_word_is_one_too_when_asked() -> None:
    assert hours_alone(plain("tussen 16 en 20")) == {"low": "16", "to": "20"}
