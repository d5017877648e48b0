"""Every way of saying when: read as somebody at a desk would read it."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.said_clock import Part
from services.said_day import WEEKDAYS
from services.said_time import Strange, Wish, find_wish

TODAY = date(2026, 11, 23)
FILE = Path(__file__).parent / "booking_phrases.yaml"
PHRASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ENGLISH = [names.split("|")[1] for names in WEEKDAYS]


def told(wish: Wish) -> dict[str, Any]:
    """As the file says it; only what was understood."""
    hours = wish.hours
    found = {
        "since": wish.since,
        "until": wish.until,
        "days": sorted(wish.days),
        "not_days": sorted(wish.not_days),
        "weekdays": [ENGLISH[day] for day in sorted(wish.weekdays)],
        "not_weekdays": [ENGLISH[day] for day in sorted(wish.not_weekdays)],
        "part": ", ".join(sorted(hours.parts)),
        "not_part": ", ".join(sorted(hours.not_parts)),
        **{name: f"{at:%H:%M}" for name in ("earliest", "latest", "at") if (at := getattr(hours, name))},
        "soonest": wish.soonest,
        "whenever": wish.whenever,
        "strange": wish.strange.value if wish.strange else None,
    }
    return {name: value for name, value in found.items() if value}


def test_there_are_enough_phrases_in_both_languages() -> None:
    english = [phrase for phrase in PHRASES if phrase["say"].isascii() and {"the", "in", "i", "next"} & words(phrase)]

    assert len(PHRASES) >= 75
    assert len(english) >= 10


def words(phrase: dict[str, Any]) -> set[str]:
    return set(phrase["say"].casefold().split())


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["say"])
def test_a_phrase_is_understood(phrase: dict[str, Any]) -> None:
    expected = {name: value for name, value in phrase.items() if name != "say"}

    assert told(find_wish(phrase["say"], TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "strange"),
    [("31 november", Strange.NOT_A_DAY), ("5 november", Strange.PAST), ("gisteren", Strange.PAST)],
)
def test_a_day_that_cannot_be_meant_is_noticed(text: str, strange: Strange) -> None:
    assert find_wish(f"kan het {text}?", TODAY).strange is strange


def test_a_wish_chooses_the_times_that_fit() -> None:
    wish = find_wish("volgende week in de middag, liever niet dinsdag", TODAY)

    assert wish.fits_day(date(2026, 12, 2))
    assert not wish.fits_day(date(2026, 12, 1))
    assert not wish.fits_day(date(2026, 12, 9))
    assert wish.hours.fit(time(13, 30))
    assert not wish.hours.fit(time(11, 30))


def test_two_parts_of_a_day_may_be_wished_for() -> None:
    assert find_wish("in de ochtend of in de middag", TODAY).hours.parts == {Part.MORNING, Part.AFTERNOON}


def test_a_wish_is_kept_and_read_back() -> None:
    for phrase in PHRASES:
        wish = find_wish(phrase["say"], TODAY)
        assert Wish.from_json(wish.to_json()) == wish
