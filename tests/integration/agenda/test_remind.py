"""What a resident is told of an appointment beforehand, and what he is told when the staff changed it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db.models import Appointment, Message
from services.agenda.book import book
from services.agenda.cancel import cancel
from services.agenda.move import move
from services.agenda.remind import say_appointment
from services.agenda.reminders import before
from services.phrases import Phrases
from services.words import Words
from tests.agenda import here
from tests.builders import NOW, build_phrases
from tests.integration.agenda.conftest import Agenda, planned


@pytest.fixture
def session(agenda: Agenda) -> Iterator[Session]:
    with agenda.database.writing() as opened:
        build_phrases(opened)
        yield opened


def said(session: Session, agenda: Agenda, message: Message, now: datetime = NOW) -> Words | None:
    return say_appointment(session, Phrases(session, agenda.town, "nl"), message, agenda.chat, now)


def booked(session: Session, agenda: Agenda) -> Appointment:
    return book(session, agenda.town, agenda.wanted(), agenda.at("09:30"), NOW, agenda.chat)


def test_a_reminder_tells_what_where_and_what_to_bring(session: Session, agenda: Agenda) -> None:
    words = said(session, agenda, planned(session, booked(session, agenda))[0])

    assert words is not None
    assert "**Herinnering aan uw afspraak.** Contactgesprek: dinsdag 1 december 2026, 09.30." in words.text
    assert "Plein 1" in words.text
    assert "Neem uw legitimatie mee." in words.text


def test_reminders_come_three_days_one_day_and_two_hours_before(session: Session, agenda: Agenda) -> None:
    due = [message.due_at for message in planned(session, booked(session, agenda))]

    # Two hours before half past nine people still sleep: that one comes the evening before.
    saturday, monday = (here(day, "09:30") for day in (NOW.date() + timedelta(days=5), NOW.date() + timedelta(days=7)))
    assert due == [saturday, monday, monday.replace(hour=19, minute=30)]


def test_a_reminder_of_what_was_changed_since_is_not_said(session: Session, agenda: Agenda) -> None:
    made = booked(session, agenda)
    reminder = planned(session, made)[0]
    made.needs = {"with": "mijn zus"}
    session.flush()

    assert said(session, agenda, reminder) is None


def test_nobody_is_reminded_of_what_has_begun(session: Session, agenda: Agenda) -> None:
    made = booked(session, agenda)

    assert said(session, agenda, planned(session, made)[0], made.begins_at) is None


def test_what_the_resident_did_himself_is_not_told_to_him(session: Session, agenda: Agenda) -> None:
    made = booked(session, agenda)
    cancel(session, made, made.version, NOW, "resident")

    assert planned(session, made) == []


def test_what_the_staff_does_is_told_at_once(session: Session, agenda: Agenda) -> None:
    made = book(session, agenda.town, agenda.wanted(), agenda.at("09:30"), NOW)
    told = [said(session, agenda, planned(session, made)[0])]
    moved = move(session, agenda.town, made, made.version, agenda.at("10:30"), NOW, "staff")
    told.append(said(session, agenda, planned(session, moved)[0]))
    cancel(session, moved, moved.version, NOW, "staff")
    told.append(said(session, agenda, planned(session, moved)[0]))

    heads = [words.text.splitlines()[0] if words else "" for words in told]
    assert heads[0].startswith("**De gemeente heeft een afspraak met u gemaakt.**")
    assert heads[1].startswith("**De gemeente heeft uw afspraak verzet.**")
    assert heads[2].startswith("**Uw afspraak gaat niet door.**")
    assert "10.30" in heads[1]


def test_a_day_before_is_the_same_time_of_day_also_when_the_clock_changes() -> None:
    monday = here(date(2027, 3, 29), "10:00")

    assert before(monday, timedelta(days=3)) == here(date(2027, 3, 26), "10:00")
    assert before(monday, timedelta(hours=2)) == here(date(2027, 3, 29), "08:00")
