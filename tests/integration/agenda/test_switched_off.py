"""A kind of conversation that is not in use any more: what was booked can be moved, nothing new is booked."""

import pytest

from db.models import AppointmentState, Municipality
from db.session import Database
from portal.slot_choice import choice_for_person, wanted_for
from services.agenda.book import book
from services.agenda.move import RESIDENT, move, wanted_again
from services.errors import UnknownProgramme
from tests.agenda import (
    NEXT_TUESDAY,
    TALK,
    build_caseworker,
    build_hours,
    build_person,
    build_town,
    slots_on,
    wants,
)
from tests.builders import NOW


def switch_off(town: Municipality) -> None:
    town.settings = {**town.settings, "programmes": [TALK | {"in_use": False}]}


def test_what_was_booked_can_be_moved(database: Database) -> None:
    with database.writing() as session:
        town = build_town(session)
        build_hours(session, build_caseworker(session, town))
        person = build_person(session, town)
        first, *_, last = slots_on(session, town, wants(town, person))
        made = book(session, town, wants(town, person), first, NOW)
        switch_off(town)
        again = wanted_again(session, town, made, RESIDENT)
        moved = move(session, town, made, made.version, last, NOW, RESIDENT)

        assert again.programme.key == "contactgesprek"
        assert (made.state, moved.state) == (AppointmentState.MOVED, AppointmentState.BOOKED)


def test_staff_are_offered_and_book_nothing_of_it(database: Database) -> None:
    with database.writing() as session:
        town = build_town(session)
        build_hours(session, build_caseworker(session, town))
        person = build_person(session, town)
        given = {"gesprek": "contactgesprek", "vanaf": NEXT_TUESDAY.isoformat()}
        assert choice_for_person(session, town, person, given, NOW).days
        switch_off(town)

        assert choice_for_person(session, town, person, given, NOW).days == []
        with pytest.raises(UnknownProgramme):
            wanted_for(session, town, person, given)
