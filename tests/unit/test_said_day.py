"""A day as people say it, and when nobody said one."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.checklist.day_told import UNKNOWN, day_told
from services.said_day import find_day

MONDAY = date(2026, 11, 23)
SAID = {
    "ik begin 1 december": "2026-12-01",
    "1 dec": "2026-12-01",
    "1-12": "2026-12-01",
    "1/12/2026": "2026-12-01",
    "01-12-26": "2026-12-01",
    "1.12.2026": "2026-12-01",
    "2026-12-01": "2026-12-01",
    "1e januari": "2027-01-01",
    "december 1st": "2026-12-01",
    "the 1st of December": "2026-12-01",
    "maandag": "2026-11-30",
    "aanstaande vrijdag": "2026-11-27",
    "volgende week dinsdag": "2026-12-01",
    "dinsdag volgende week": "2026-12-01",
    "next Monday": "2026-11-30",
    "morgen": "2026-11-24",
    "Overmorgen": "2026-11-25",
    "vandaag": "2026-11-23",
    "over twee weken": "2026-12-07",
    "over 10 dagen": "2026-12-03",
    "in two months": "2027-01-23",
    "de 15e": "2026-12-15",
    "de 30ste": "2026-11-30",
    "de eerste van de maand": "2026-12-01",
    "volgende maand": "2026-12-01",
    "volgende week": "2026-11-30",
    "9 maart": "2027-03-09",
    "10 november": "2026-11-10",
    "29 februari": "2028-02-29",
    "ik ben 1 november begonnen": "2026-11-01",
    "ik ben 1 maart begonnen": "2026-03-01",
    "ik ben sinds maandag begonnen": "2026-11-23",
    "I start on 1 December": "2026-12-01",
}
NOT_SAID = (
    "20 uur", "16-20 uur", "8-10 uur", "14,50", "1200 bruto", "3 dagen van 6 uur", "10.30 uur", "goede morgen",
    "31 februari", "30-13", "i may work", "mijn eerste werkdag", "ja", "", "0-0", "99/99/9999", "2026-00-00",
)  # fmt: skip


@pytest.mark.parametrize(("line", "day"), SAID.items())
def test_a_day_is_found(line: str, day: str) -> None:
    found = find_day(line, MONDAY)

    assert found is not None
    assert (found.day.isoformat(), found.alone) == (day, True)


@pytest.mark.parametrize("line", NOT_SAID)
def test_no_day_is_found_where_none_is_said(line: str) -> None:
    assert find_day(line, MONDAY) is None


def test_a_day_that_is_long_over_is_that_of_the_next_year() -> None:
    found = find_day("1 maart", MONDAY)

    assert found is not None
    assert found.day == date(2027, 3, 1)


def test_it_tells_whether_more_is_said() -> None:
    found = find_day("krijg ik op 1 december mijn geld", MONDAY)

    assert found is not None
    assert not found.alone


@given(st.text(max_size=200), st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_of_any_text_it_says_the_same_in_any_letters_and_no_day_without_a_word_or_number(
    text: str, today: date
) -> None:
    found = find_day(text, today)

    assert found == find_day(text.casefold(), today)
    assert found is None or re.search(r"[^\W_]{3}|\d", text.casefold())


@given(
    st.integers(0, 99), st.integers(0, 99), st.sampled_from(["-", "/", " van de ", "e ", " mei ", " weken "]),
    st.dates(date(2020, 1, 1), date(2060, 1, 1)),
)  # fmt: skip
def test_numbers_that_make_a_day_make_one_near_today(one: int, two: int, between: str, today: date) -> None:
    found = find_day(f"over {one}{between}{two} jan", today)

    # Without a year a day lies at most a month back; `over 99 weken` lies furthest ahead.
    assert found is None or today - timedelta(days=31) <= found.day <= today + timedelta(days=2 * 366)


@pytest.mark.parametrize(
    ("line", "topic", "told"),
    [
        ("ik begin 1 december", "start_date", "2026-12-01"),
        ("ik mag 1 december beginnen bij de bakker", "work_checklist", "2026-12-01"),
        ("wordt op 1 december mijn huur betaald", "huurtoeslag", None),
        ("weet ik nog niet", "nlu_fallback", UNKNOWN),
        ("geen idee", "frustration", UNKNOWN),
        ("I don't know yet", "nlu_fallback", UNKNOWN),
        ("ik weet niet of ik mijn huur dan nog kan betalen", "huurtoeslag", None),
        ("mag ik sparen", "saving_during", None),
    ],
)
def test_only_what_answers_the_question_is_an_answer(line: str, topic: str, told: str | None) -> None:
    assert day_told(line, topic, MONDAY) == told
