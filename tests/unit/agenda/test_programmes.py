"""A kind of conversation as the settings of a municipality tell it, and whom it is meant for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from db.models import BenefitKind, MeetingChannel, Municipality, Person, Perspective
from services.agenda.programmes import Programme, fits, programmes_of, span_name
from services.agenda.slot import Slot
from tests.agenda import TALK

TODAY = date(2026, 11, 23)


def programme(**changes: Any) -> Programme:
    town = Municipality(slug="stad", name="Stad", settings={"programmes": [TALK | changes]})
    return programmes_of(town)["contactgesprek"]


def person(**facts: Any) -> Person:
    return Person(**{"client_number": "K-1", "benefit": BenefitKind.ALGEMEEN, "born_on": date(1990, 5, 1), **facts})


def test_what_is_not_told_is_as_it_mostly_is() -> None:
    read = programme()

    assert (read.led_by, read.notice_hours, read.horizon_days, read.months) == ("own", 24, 42, None)
    assert [span_name(span) for span in read.remind_before] == ["3d", "1d", "2h"]
    assert read.bring["nl"] == ("Neem uw legitimatie mee.",)


def test_a_municipality_without_programmes_has_none() -> None:
    assert programmes_of(Municipality(slug="stad", name="Stad", settings={})) == {}


@pytest.mark.parametrize("span", ["36h", "1d", "14d", "2h"])
def test_a_span_is_called_as_it_was_told(span: str) -> None:
    assert span_name(programme(remind_before=[span]).remind_before[0]) == span


@pytest.mark.parametrize(
    ("told", "facts", "fit"),
    [
        ({}, {}, True),
        ({"perspectives": ["werken"]}, {"perspective": Perspective.WERKEN}, True),
        ({"perspectives": ["werken"]}, {"perspective": Perspective.MEEDOEN}, False),
        ({"perspectives": ["werken"]}, {}, False),
        ({"benefits": ["ioaw"]}, {}, False),
        ({"age_to": 26}, {"born_on": date(1999, 11, 24)}, True),
        ({"age_to": 26}, {"born_on": date(1999, 11, 23)}, False),
        ({"age_from": 27}, {"born_on": date(1999, 11, 23)}, True),
        ({"age_from": 27}, {"born_on": None}, False),
        ({}, {"born_on": None}, True),
        ({}, {"closed_at": datetime(2026, 11, 1, tzinfo=UTC)}, False),
        ({"in_use": False}, {}, False),
    ],
)
def test_it_is_meant_for_whom_the_settings_name(told: dict[str, Any], facts: dict[str, Any], fit: bool) -> None:
    assert fits(programme(**told), person(**facts), TODAY) is fit


def test_a_slot_comes_back_from_json_as_it_went() -> None:
    begins = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    slot = Slot(begins, begins + timedelta(minutes=30), 7, 2, None, MeetingChannel.OFFICE, 12)

    assert Slot.from_json(slot.to_json()) == slot
