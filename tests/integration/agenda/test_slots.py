"""Which times are offered: with whom, where, and how much stays free around them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.models import Account, Location, MeetingChannel, Municipality
from db.session import Database
from services.agenda.book import book
from services.agenda.hold import hold_slot
from services.agenda.slots import Slot, Wanted, free_slots, is_free
from services.calendar import AMSTERDAM
from services.errors import SlotTaken, TooFar, TooManyAppointments, TooSoon
from tests.agenda import (
    NEXT_TUESDAY,
    SUNDAY,
    TALK,
    build_caseworker,
    build_chat,
    build_hours,
    build_location,
    build_person,
    build_room,
    build_town,
    here,
    slots_on,
    times,
    wants,
)
from tests.builders import NOW, build_municipality

PHONE, OFFICE, WALK, HOME = MeetingChannel.PHONE, MeetingChannel.OFFICE, MeetingChannel.WALK, MeetingChannel.HOME


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened


def morning(session: Session, **changes: Any) -> tuple[Municipality, Account]:
    """Anna, who can be called on Tuesday from nine to twelve."""
    town = build_town(session, **{"channels": ["phone"], **changes})
    anna = build_caseworker(session, town)
    build_hours(session, anna)
    return town, anna


def office(session: Session, rooms: int = 0, **place: Any) -> tuple[Municipality, Account, Location]:
    town = build_town(session, channels=["office", "walk"])
    anna = build_caseworker(session, town)
    location = build_location(session, town, rooms=rooms, **place)
    build_hours(session, anna, location_id=location.id)
    return town, anna, location


def test_times_follow_each_other_every_half_hour(session: Session) -> None:
    town, anna = morning(session)

    free = slots_on(session, town, wants(town, build_person(session, town, anna)))

    assert times(free) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]


def test_a_short_talk_follows_the_one_before(session: Session) -> None:
    town, anna = morning(session, minutes=20)

    free = slots_on(session, town, wants(town, build_person(session, town, anna)))

    assert times(free)[:4] == ["09:00", "09:20", "09:40", "10:00"]


def test_the_time_after_a_talk_lies_within_the_hours_and_the_time_before_it_need_not(session: Session) -> None:
    town, anna = morning(session, minutes=60, before=10, after=15)

    free = slots_on(session, town, wants(town, build_person(session, town, anna)))

    assert times(free) == ["09:00", "09:30", "10:00", "10:30"]


def test_the_time_around_a_talk_is_nobody_elses(session: Session) -> None:
    town, anna = morning(session, before=5, after=15)
    wanted = wants(town, build_person(session, town, anna))
    book(session, town, wanted, slots_on(session, town, wanted)[2], NOW)  # 10:00, until 10:45 with what comes after

    assert times(slots_on(session, town, wanted)) == ["09:00", "11:00"]


def test_times_are_given_from_the_notice_to_the_horizon(session: Session) -> None:
    town, anna = morning(session, notice_hours=48, horizon_days=14)
    wanted = wants(town, build_person(session, town, anna))
    tuesdays = [NEXT_TUESDAY + timedelta(days=7 * n) for n in range(3)]
    first = here(NEXT_TUESDAY, "10:00") - timedelta(hours=48)

    assert [bool(slots_on(session, town, wanted, day)) for day in tuesdays] == [True, False, False]
    assert times(slots_on(session, town, wanted, now=first)) == ["10:00", "10:30", "11:00", "11:30"]


def test_what_is_too_soon_or_too_far_is_not_booked_either(session: Session) -> None:
    town, anna = morning(session, notice_hours=48, horizon_days=14)
    wanted = wants(town, build_person(session, town, anna))
    slot = slots_on(session, town, wanted)[0]
    late, early = slot.begins_at - timedelta(hours=47), slot.begins_at - timedelta(days=15)

    with pytest.raises(TooSoon):
        book(session, town, wanted, slot, late)
    with pytest.raises(TooFar):
        hold_slot(session, town, wanted, slot, None, early)
    assert not is_free(session, town, wanted, slot, late)
    assert not is_free(session, town, wanted, slot, early)


def test_the_own_caseworker_comes_before_the_team(session: Session) -> None:
    town, anna = morning(session)
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben, begins="08:00", ends="16:00")
    person = build_person(session, town, anna)

    assert {slot.account_id for slot in slots_on(session, town, wants(town, person))} == {anna.id}


def test_the_team_stands_in_for_a_caseworker_who_is_not_there(session: Session) -> None:
    town, anna = morning(session)
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben, weekday=3)
    person = build_person(session, town, anna)

    found = slots_on(session, town, wants(town, person), date(2026, 12, 3))

    assert {slot.account_id for slot in found} == {ben.id}
    assert is_free(session, town, wants(town, person), found[0], NOW)


def test_of_colleagues_who_are_free_at_one_time_the_one_who_has_least_to_do_is_offered(session: Session) -> None:
    town, anna = morning(session, led_by="team")
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben)
    wanted = wants(town, build_person(session, town))
    book(session, town, replace(wanted, account_ids=(anna.id,)), first_of(session, town, wanted, anna), NOW)

    found = slots_on(session, town, wants(town, build_person(session, town, number="K-2")))

    assert len(times(found)) == len(set(times(found))) == 6
    assert {slot.account_id for slot in found} == {ben.id}


def first_of(session: Session, town: Municipality, wanted: Wanted, account: Account) -> Slot:
    return slots_on(session, town, replace(wanted, account_ids=(account.id,)))[0]


def test_who_is_not_linked_only_has_a_first_talk(session: Session) -> None:
    first = TALK | {"key": "intake", "channels": ["phone"], "led_by": "team", "first_talk": True}
    town = build_town(session, TALK | {"channels": ["phone"]}, first)
    build_hours(session, build_caseworker(session, town))
    ordinary = wants(town, None)
    intake = replace(ordinary, programme=replace(ordinary.programme, key="intake", first_talk=True))

    assert slots_on(session, town, ordinary) == []
    assert len(slots_on(session, town, intake)) == 6


def test_a_person_is_not_in_two_places_at_a_time(session: Session) -> None:
    town, anna = morning(session, led_by="team")
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben)
    wanted = wants(town, build_person(session, town, anna))
    book(session, town, wanted, slots_on(session, town, wanted)[0], NOW)

    assert "09:00" not in times(slots_on(session, town, wanted))


def test_a_talk_at_the_office_needs_one_of_its_rooms(session: Session) -> None:
    town, anna, location = office(session, rooms=1)
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben, location_id=location.id)
    mine, theirs = (wants(town, build_person(session, town, one, f"K-{one.id}"), OFFICE) for one in (anna, ben))
    book(session, town, mine, slots_on(session, town, mine)[0], NOW)

    assert times(slots_on(session, town, theirs))[0] == "09:30"
    assert times(slots_on(session, town, replace(theirs, channel=WALK)))[0] == "09:00"


def test_who_offers_one_room_books_another_when_that_one_is_taken_meanwhile(session: Session) -> None:
    town, anna, location = office(session, rooms=2)
    ben = build_caseworker(session, town, "ben")
    build_hours(session, ben, location_id=location.id)
    mine, theirs = (wants(town, build_person(session, town, one, f"K-{one.id}"), OFFICE) for one in (anna, ben))
    offered = [slots_on(session, town, wanted)[0] for wanted in (mine, theirs)]
    made = [book(session, town, wanted, slot, NOW) for wanted, slot in zip((mine, theirs), offered, strict=True)]

    assert offered[0].room_id == offered[1].room_id
    assert made[0].room_id != made[1].room_id


def test_a_location_of_which_no_rooms_are_known_needs_none(session: Session) -> None:
    town, anna, location = office(session)

    (first, *_) = slots_on(session, town, wants(town, build_person(session, town, anna), OFFICE))

    assert (first.location_id, first.room_id) == (location.id, None)


@pytest.mark.parametrize("place", [{"open": False}, {"accessible": False}])
def test_nobody_is_asked_to_a_place_that_he_cannot_get_into(session: Session, place: dict[str, bool]) -> None:
    town, anna, _ = office(session, **place)
    person = build_person(session, town, anna, access_needs="rolstoel")

    assert slots_on(session, town, wants(town, person)) == []


def test_with_an_interpreter_a_room_needs_three_chairs(session: Session) -> None:
    town, anna, location = office(session)
    build_room(session, location, "Hok", seats=2)
    large = build_room(session, location, "Zaal", seats=8)
    alone, together = (
        build_person(session, town, anna),
        build_person(session, town, anna, "K-2", interpreter="Tigrinya"),
    )

    rooms = [slots_on(session, town, wants(town, one, OFFICE))[0].room_id for one in (alone, together)]

    assert rooms[1] == large.id
    assert rooms[0] != large.id


def test_a_caseworker_who_is_nowhere_receives_nobody(session: Session) -> None:
    town = build_town(session, channels=["office", "home"])
    anna = build_caseworker(session, town)
    build_hours(session, anna)
    wanted = wants(town, build_person(session, town, anna))

    assert {slot.channel for slot in slots_on(session, town, wanted)} == {HOME}
    assert slots_on(session, town, replace(wanted, channel=OFFICE)) == []


def test_hours_can_be_for_calling_only(session: Session) -> None:
    town, anna, location = office(session)
    build_hours(session, anna, 2, channels=["phone"], location_id=location.id)

    assert slots_on(session, town, wants(town, build_person(session, town, anna)), date(2026, 12, 2)) == []


def test_a_night_on_which_the_clock_changes_gives_every_time_once(session: Session) -> None:
    town = build_municipality(session, "nacht", programmes=[TALK | {"channels": ["phone"], "horizon_days": 366}])
    anna = build_caseworker(session, town)
    build_hours(session, anna, SUNDAY, "01:00", "04:00")
    found = slots_on(session, town, wants(town, build_person(session, town, anna)), date(2027, 10, 31))

    assert times(found) == ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]
    assert len({slot.begins_at for slot in found}) == 8
    assert all(slot.begins_at.astimezone(AMSTERDAM).date() == date(2027, 10, 31) for slot in found)


def test_a_resident_has_three_appointments_at_most_and_the_staff_may_make_more(session: Session) -> None:
    town, anna = morning(session)
    person = build_person(session, town, anna)
    chat, wanted = build_chat(session, town, person), wants(town, person)
    for _ in range(3):
        book(session, town, wanted, slots_on(session, town, wanted)[0], NOW, chat)

    with pytest.raises(TooManyAppointments):
        book(session, town, wanted, slots_on(session, town, wanted)[0], NOW, chat)
    assert book(session, town, wanted, slots_on(session, town, wanted)[0], NOW).id


def test_who_is_not_linked_has_one_appointment_also_in_a_new_conversation(session: Session) -> None:
    town, _ = morning(session, led_by="team", first_talk=True)
    chat, wanted = build_chat(session, town), wants(town, None)
    book(session, town, wanted, slots_on(session, town, wanted)[0], NOW, chat)

    with pytest.raises(TooManyAppointments):
        book(session, town, wanted, slots_on(session, town, wanted)[0], NOW, chat)


def test_nothing_of_another_municipality_is_offered_or_booked(session: Session) -> None:
    town, anna = morning(session)
    elsewhere, there = morning(session, slug="elders")
    person = build_person(session, town, anna)
    slot = slots_on(session, elsewhere, wants(elsewhere, build_person(session, elsewhere, there)))[0]

    assert slots_on(session, elsewhere, wants(elsewhere, person)) == []
    with pytest.raises(SlotTaken):
        book(session, town, wants(town, person), slot, NOW)


def test_times_of_six_weeks_come_in_order(session: Session) -> None:
    town, anna = morning(session)
    wanted = wants(town, build_person(session, town, anna))

    found = free_slots(session, town, wanted, NOW, NOW + timedelta(days=100), NOW)

    assert found == sorted(found, key=lambda slot: slot.begins_at)
    assert len(found) == 2 + 5 * 6  # tomorrow from eleven o'clock, and five whole mornings
