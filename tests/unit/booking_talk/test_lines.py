"""What a line says in the talk about appointments, besides a time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.models import MeetingChannel
from services.agenda.slot import Slot
from services.booking_talk.lines import channel_in, needs_in, ordinal_in, picked, told_needs, wants_more
from services.booking_talk.offer import choose
from services.booking_talk.state import Deed, Step, Talk
from services.said_time import Wish, find_wish

TODAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def slot(days: int = 0, hours: int = 0) -> Slot:
    """From Wednesday 25 November at nine on."""
    begins = NINE + timedelta(days=days, hours=hours)
    return Slot(begins, begins + timedelta(hours=1), 1, None, None, MeetingChannel.PHONE)


@pytest.mark.parametrize(
    ("text", "place"),
    [("de tweede", 1), ("Eerste graag", 0), ("2", 1), ("optie 3", 2), ("de laatste", 2), ("the second one", 1)],
)
def test_one_of_three_is_named_by_its_place(text: str, place: int) -> None:
    assert ordinal_in(text, 3) == place


@pytest.mark.parametrize("text", ["de eerste mogelijke dag", "over twee weken", "hallo", "ik heb 2 kinderen"])
def test_other_lines_name_no_place(text: str) -> None:
    assert ordinal_in(text, 3) is None


@pytest.mark.parametrize(
    ("text", "which"),
    [("die van woensdag", 0), ("donderdag dan maar", 1), ("de tweede", 1), ("woensdag 2 december", 2), ("11 uur", 1)],
)
def test_a_time_is_picked_when_only_one_is_meant(text: str, which: int) -> None:
    shown = [slot(), slot(days=1, hours=2), slot(days=7)]
    if which == 0:
        shown = shown[:2]

    assert picked(text, find_wish(text, TODAY), shown) == shown[which]


def test_what_fits_two_times_picks_none() -> None:
    shown = [slot(), slot(hours=1), slot(days=1)]

    assert picked("woensdag", find_wish("woensdag", TODAY), shown) is None


@pytest.mark.parametrize("text", ["meer tijden", "andere tijden graag", "heeft u nog andere dagen?", "geen van deze"])
def test_more_is_asked_for(text: str) -> None:
    assert wants_more(text)


@pytest.mark.parametrize(
    ("text", "channel"),
    [("bel me maar", "phone"), ("telefonisch", "phone"), ("beeldbellen", "video"), ("op kantoor", "office")],
)
def test_a_way_of_talking_is_named(text: str, channel: str) -> None:
    order = [MeetingChannel.VIDEO, MeetingChannel.OFFICE, MeetingChannel.PHONE]

    assert channel_in(text, order) == MeetingChannel(channel)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("ik heb een tolk nodig", {"interpreter": "?"}),
        ("kan er een tolk Tigrinya bij", {"interpreter": "tigrinya"}),
        ("ik zit in een rolstoel", {"access": "ik zit in een rolstoel"}),
        ("ik neem mijn zus mee", {"with": "ik neem mijn zus mee"}),
        ("dinsdag graag", {}),
    ],
)
def test_what_somebody_needs_is_heard(text: str, needs: dict[str, str]) -> None:
    assert needs_in(text) == needs


def test_whatever_somebody_answers_to_what_he_needs_is_written_down_masked() -> None:
    assert told_needs("een stoel met leuning, bel 06 12345678")["access"].startswith("een stoel met leuning")
    assert "12345678" not in told_needs("een stoel met leuning, bel 06 12345678")["access"]
    assert told_needs("Arabisch") == {"interpreter": "arabisch"}


def test_three_days_are_offered_to_choose_from() -> None:
    many = [slot(days, hours) for days in range(4) for hours in range(3)]

    assert [one.begins_at.day for one in choose(many, Wish())] == [25, 26, 27]


def test_who_is_in_a_hurry_is_offered_the_first() -> None:
    many = [slot(days, hours) for days in range(4) for hours in range(3)]

    assert choose(many, Wish(soonest=True)) == many[:3]


def test_on_one_day_the_times_lie_apart() -> None:
    assert choose([slot(hours=n) for n in range(5)], Wish()) == [slot(), slot(hours=2), slot(hours=4)]


def test_what_is_nearest_to_the_time_that_was_named_comes_first() -> None:
    many = [slot(hours=n) for n in range(5)]

    assert choose(many, find_wish("om 11 uur", TODAY))[0] == slot(hours=2)


def test_where_the_talk_stands_is_read_back_as_it_was() -> None:
    wish = find_wish("volgende week in de middag", TODAY)
    talk = Talk(Deed.MOVE, Step.CHOOSE, "fip", MeetingChannel.PHONE, wish, {"with": "zus"}, (slot(),), 1, "abc", 7)

    assert Talk.from_json(talk.to_json()) == talk
