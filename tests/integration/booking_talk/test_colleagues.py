"""The own caseworker first, and the team within what was asked for."""

import pytest
from sqlalchemy import select

from db.models import AppointmentState, Location
from tests.agenda import TUESDAY, build_caseworker, build_hours
from tests.integration.booking_talk.conftest import Chat, labels

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def bram(chat: Chat) -> None:
    """A colleague of Anna's who is there on Tuesday afternoons."""
    with chat.town.database.writing() as session:
        account = build_caseworker(session, session.merge(chat.town.row), "bram", shown_as="Bram")
        place = session.scalars(select(Location)).one()
        build_hours(session, account, TUESDAY, "13:00", "15:00", location_id=place.id)


async def test_as_long_as_the_own_caseworker_has_such_times_no_other_is_offered(chat: Chat) -> None:
    (said,) = await chat.books("volgende week in de middag")

    assert said.text.startswith("Bij Anna zijn deze tijden vrij.")
    assert labels(said)[:3] == ["ma 30 nov, 13.00", "ma 30 nov, 15.00", "wo 2 dec, 13.00"]


async def test_a_colleague_has_what_was_asked_for_and_the_own_caseworkers_first_stands_beside_it(chat: Chat) -> None:
    (said,) = await chat.books("volgende week dinsdag")

    assert said.text == (
        "Bij Anna is dan niets meer vrij, bij een collega wel. De laatste tijd is weer bij Anna:\n"
        "1. dinsdag 1 december 2026, 13.00 (een collega)\n2. dinsdag 1 december 2026, 13.30 (een collega)\n"
        "3. woensdag 25 november 2026, 09.00 (Anna)"
    )


async def test_the_colleagues_time_can_be_chosen(chat: Chat) -> None:
    await chat.books("volgende week dinsdag")
    await chat.says("de eerste")
    (done,) = await chat.says("ja", "affirm")

    assert "**dinsdag 1 december 2026, 13.00**" in done.text
    assert len(chat.appointments(AppointmentState.BOOKED)) == 1


async def test_when_nobody_has_such_a_time_the_own_caseworkers_are_offered(chat: Chat) -> None:
    (said,) = await chat.books("vrijdag")

    assert said.text.startswith("Precies zo is er geen tijd vrij.")
    assert "(een collega)" not in said.text


async def test_after_all_of_the_own_caseworker_come_those_of_the_team(chat: Chat) -> None:
    heads = [(await chat.books("volgende week woensdag in de middag of dinsdag"))[0].text]
    heads += [(await chat.presses("Meer tijden"))[0].text for _ in range(2)]

    assert heads[0].startswith("Bij Anna zijn deze tijden vrij.")
    assert heads[-1].startswith("Bij Anna is dan niets meer vrij, bij een collega wel.")
