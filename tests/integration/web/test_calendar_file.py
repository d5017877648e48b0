"""The file with which a resident puts an appointment in his own calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Municipality
from services.agenda.book import book
from services.agenda.cancel import cancel
from services.agenda.move import RESIDENT, move
from services.agenda.slot import Slot
from tests.agenda import TALK, build_caseworker, build_hours, build_location, build_person, slots_on, wants
from tests.integration.web.conftest import Chat


@dataclass
class Booked:
    """An appointment on Tuesday 1 December at nine, with a person, a place and a caseworker."""

    chat: Chat
    public_id: str

    def file(self, slug: str = "voorbeeldstad") -> tuple[int, bytes]:
        answer = self.chat.browser().client.get(f"/{slug}/afspraak/{self.public_id}.ics")
        return answer.status_code, answer.content

    def event(self) -> Event:
        (event,) = Calendar.from_ical(self.file()[1]).walk("VEVENT")
        assert isinstance(event, Event)
        return event

    def change(self, deed: Callable[[Session, Appointment], object]) -> None:
        with self.chat.database.writing() as session:
            query = select(Appointment).where(Appointment.state == AppointmentState.BOOKED)
            deed(session, session.scalars(query).one())


def town_of(session: Session) -> Municipality:
    return session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()


def free_times(session: Session) -> list[Slot]:
    town = town_of(session)
    return slots_on(session, town, wants(town, None))


@pytest.fixture
def booked(chat: Chat) -> Booked:
    with chat.database.writing() as session:
        town = town_of(session)
        town.settings = town.settings | {"programmes": [TALK | {"first_talk": True}]}
        anna = build_caseworker(session, town, shown_as="Anna")
        build_hours(session, anna, location_id=build_location(session, town).id)
        person = build_person(session, town, anna)
        slot = slots_on(session, town, wants(town, person))[0]
        made = book(session, town, wants(town, person), slot, chat.clock())
        return Booked(chat, made.public_id)


def test_the_file_is_a_calendar_with_the_time_here(booked: Booked) -> None:
    calendar = Calendar.from_ical(booked.file()[1])
    event = booked.event()

    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == ("PUBLISH", "2.0")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert (str(event["uid"]), event.sequence) == (f"{booked.public_id}@trede", 1)
    assert str(event["location"]) == "Stadhuis, Plein 1"
    assert str(event["status"]) == "CONFIRMED"


def test_it_names_nobody_and_no_topic(booked: Booked) -> None:
    text = booked.file()[1].decode()

    assert "SUMMARY:Gesprek gemeente" in text
    assert not [word for word in ("Anna", "K-1", "contact", "bijstand") if word in text]


def test_a_moved_conversation_is_the_same_one_at_another_time(booked: Booked) -> None:
    """Also for who comes with the address of before."""

    def to_eleven(session: Session, one: Appointment) -> None:
        later = next(slot for slot in free_times(session) if slot.begins_at.hour == 10)
        move(session, town_of(session), one, one.version, later, booked.chat.clock(), RESIDENT)

    booked.change(to_eleven)
    event = booked.event()

    assert str(event["uid"]) == f"{booked.public_id}@trede"
    assert event.sequence > 1
    assert event.decoded("dtstart").astimezone(UTC).hour == 10
    assert str(event["status"]) == "CONFIRMED"


def test_a_cancelled_conversation_says_so(booked: Booked) -> None:
    booked.change(lambda session, one: cancel(session, one, one.version, booked.chat.clock(), RESIDENT))
    event = booked.event()

    assert str(event["status"]) == "CANCELLED"
    assert event.sequence > 1


def test_another_municipality_and_another_name_have_nothing(booked: Booked) -> None:
    assert booked.file("buurstad")[0] == 404
    booked.public_id = "not-an-appointment"

    assert booked.file()[0] == 404


def test_it_is_served_as_a_calendar_and_kept_nowhere(booked: Booked) -> None:
    answer = booked.chat.browser().client.get(f"/voorbeeldstad/afspraak/{booked.public_id}.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
