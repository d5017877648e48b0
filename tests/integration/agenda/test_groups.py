"""A group session has so many seats, and not one more."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from db.models import Account, Appointment, AppointmentState, MeetingChannel, Municipality, Person
from db.session import Database
from services.agenda.book import appointments_of, book
from services.agenda.cancel import cancel
from services.agenda.groups import open_session
from services.agenda.mine import seats_taken
from services.agenda.slots import free_slots
from services.errors import NotInThePast, SlotTaken
from tests.agenda import (
    NEXT_TUESDAY,
    build_caseworker,
    build_hours,
    build_location,
    build_person,
    build_town,
    here,
    slots_on,
    wants,
)
from tests.builders import NOW

TEN = here(NEXT_TUESDAY, "10:00")
NOON = here(NEXT_TUESDAY, "12:00")


def build_group(session: Session, seats: int = 2) -> tuple[Municipality, Account, Appointment]:
    """At ten, led by Anna, by video."""
    town = build_town(session, channels=["video"], seats=seats, led_by="team")
    anna = build_caseworker(session, town)
    build_hours(session, anna)
    programme = wants(town, None).programme
    return town, anna, open_session(session, town, programme, anna, TEN, MeetingChannel.VIDEO, None, None, seats, NOW)


def test_a_seat_is_offered_until_all_are_taken(database: Database) -> None:
    with database.writing() as session:
        town, anna, group = build_group(session)
        people = [build_person(session, town, number=f"K-{n}") for n in range(3)]
        offered = []
        for person in people:
            found = slots_on(session, town, wants(town, person))
            offered.append(len(found))
            if found:
                assert (found[0].session_id, found[0].account_id) == (group.id, anna.id)
                book(session, town, wants(town, person), found[0], NOW)

    assert offered == [1, 1, 0]


def test_who_takes_part_takes_no_time_of_whoever_leads_it(database: Database) -> None:
    with database.writing() as session:
        town, _, group = build_group(session)
        wanted = wants(town, build_person(session, town))
        seat = book(session, town, wanted, slots_on(session, town, wanted)[0], NOW)

    assert (seat.account_id, seat.room_id, seat.session_id, seat.begins_at) == (None, None, group.id, TEN)


def test_whoever_leads_a_group_is_not_free_for_anybody_else_then(database: Database) -> None:
    with database.writing() as session:
        town, anna, _ = build_group(session)
        alone = wants(town, build_person(session, town))
        alone = replace(alone, programme=replace(alone.programme, seats=None))
        free = {slot.begins_at for slot in free_slots(session, town, alone, NOW, TEN.replace(hour=23), NOW)}
        with pytest.raises(SlotTaken):
            open_session(session, town, alone.programme, anna, TEN, MeetingChannel.VIDEO, None, None, 5, NOW)
        with pytest.raises(NotInThePast):
            open_session(session, town, alone.programme, anna, NOW, MeetingChannel.VIDEO, None, None, 5, NOW)

    assert TEN not in free
    assert here(NEXT_TUESDAY, "10:30") in free


def test_a_group_is_not_held_in_the_room_of_another_municipality(database: Database) -> None:
    with database.writing() as session:
        town, anna, _ = build_group(session)
        there = build_location(session, build_town(session, slug="elders"), rooms=1)
        programme = wants(town, None).programme
        with pytest.raises(SlotTaken):
            open_session(session, town, programme, anna, NOON, MeetingChannel.OFFICE, there.id, None, 5, NOW)


def test_the_same_person_has_one_seat(database: Database) -> None:
    with database.writing() as session:
        town, _, _ = build_group(session)
        wanted = wants(town, build_person(session, town))
        book(session, town, wanted, slots_on(session, town, wanted)[0], NOW)

        assert slots_on(session, town, wanted) == []


def test_a_session_that_is_called_off_is_called_off_for_everybody(database: Database) -> None:
    with database.writing() as session:
        town, _, group = build_group(session)
        wanted = wants(town, build_person(session, town))
        seat = book(session, town, wanted, slots_on(session, town, wanted)[0], NOW)
        cancel(session, group, group.version, NOW, "staff")
        left = seats_taken(session, group), appointments_of(session, town.id, seat.person_id, None, NOW)

    assert (group.state, seat.state) == (AppointmentState.CANCELLED, AppointmentState.CANCELLED)
    assert left == ([], [])


def test_of_twenty_who_want_a_seat_at_once_as_many_get_one_as_there_are_seats(database: Database) -> None:
    with database.writing() as session:
        town, _, group = build_group(session, seats=5)
        people = [build_person(session, town, number=f"K-{n}") for n in range(20)]
        slot = slots_on(session, town, wants(town, people[0]))[0]
    gate = Barrier(len(people))

    def try_it(person: Person) -> bool:
        gate.wait()
        try:
            with database.writing() as session:
                book(session, town, wants(town, person), slot, NOW)
        except SlotTaken:
            return False
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        got = list(pool.map(try_it, people))
    with database.reading() as session:
        taken = len(seats_taken(session, group))

    assert got.count(True) == taken == 5
