"""A resident books, moves and cancels a conversation over the web chat, through everything that is real."""

import html
import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from sqlalchemy import select

from db.models import Appointment, AppointmentState, Municipality
from tests.agenda import build_caseworker, build_hours, build_location
from tests.e2e.installation import Installation, Resident, plain

pytestmark = pytest.mark.e2e


def fill_agenda(installation: Installation) -> None:
    """A colleague of Groningen is there on every working day."""
    database = installation.database
    with database.writing() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "groningen")).one()
        account = build_caseworker(session, town, "agenda")
        place = build_location(session, town, "Loket voor de proef")
        for weekday in range(5):
            build_hours(session, account, weekday, "09:00", "17:00", location_id=place.id)
    database.close()


def states(installation: Installation) -> list[AppointmentState]:
    database = installation.database
    with database.reading() as session:
        query = select(Appointment.state).where(Appointment.person_id.is_(None), Appointment.seats.is_(None))
        found = list(session.scalars(query.order_by(Appointment.id)))
    database.close()
    return [state for state in found if state is not AppointmentState.LAPSED]


def said_last(resident: Resident, line: str) -> str:
    """What came as the answer to a line."""
    page = html.unescape(plain(resident.says(line)))
    return page[page.rindex(f"U: {line}") :]


def test_a_resident_books_moves_and_cancels(install: Callable[..., Installation]) -> None:
    installation = install()
    installation.start()
    installation.wait_until_ready()
    fill_agenda(installation)
    with Resident(installation.url) as resident:
        assert "Hoe wilt u praten?" in said_last(resident, "ik wil een afspraak maken")
        resident.presses("Telefoon")
        assert "Welke kiest u?" in said_last(resident, "volgende week ergens in de middag, liever niet dinsdag")
        assert "Kies een tijd" in said_last(resident, "mag ik 5000 euro sparen?")
        assert "Zal ik het zo vastleggen?" in said_last(resident, "de tweede")
        assert "Uw gesprek staat vast" in html.unescape(plain(resident.presses("Ja, leg vast")))
        (way,) = re.findall(r'href="([^"]+\.ics)"', resident.page)
        file = Calendar.from_ical(resident.client.get(way).content)
        assert [str(event["status"]) for event in file.walk("VEVENT")] == ["CONFIRMED"]

        installation.kill_all()
        installation.start()
        installation.wait_until_ready()
        assert "Wanneer komt het u beter uit?" in said_last(resident, "kan mijn afspraak naar een andere dag?")
        assert "Welke kiest u?" in said_last(resident, "maakt niet uit")
        assert "Uw gesprek is verzet." in said_last(resident, "de eerste")
        assert "is afgezegd" in html.unescape(plain(resident.presses("Afzeggen")))
        assert "Dank u" in said_last(resident, "ik ben ziek")
    assert states(installation) == [AppointmentState.MOVED, AppointmentState.CANCELLED]
