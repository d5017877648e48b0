"""A group session as the staff sees it: who sits in it, what is left, and how it went for each."""

import pytest
from sqlalchemy import select

from db.models import Account, Appointment, AppointmentState, MeetingChannel, Municipality, Outcome, Role
from services.agenda.book import book
from services.agenda.groups import open_session
from services.agenda.programmes import programmes_of
from services.agenda.slot import Wanted
from services.agenda.slots import free_slots
from tests.agenda import NEXT_TUESDAY, TALK, build_person, here
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

TEN = here(NEXT_TUESDAY, "10:00")
SEATS = 4


@pytest.fixture
def anna(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="anna", name="Anna Visser")


@pytest.fixture
def browser(office: Office, anna: Account) -> StaffBrowser:
    return office.sign_in(anna)


@pytest.fixture
def group(office: Office, anna: Account) -> int:
    """Of four seats, of which K-1, K-2 and K-3 have one."""
    with office.database.writing() as session:
        town = session.get_one(Municipality, office.town.id)
        town.settings = town.settings | {
            "programmes": [TALK | {"channels": ["video"], "seats": SEATS, "led_by": "team"}]
        }
        programme = programmes_of(town)["contactgesprek"]
        made = open_session(session, town, programme, anna, TEN, MeetingChannel.VIDEO, None, None, SEATS, NOW)
        for number in ("K-1", "K-2", "K-3"):
            wanted = Wanted(programme, build_person(session, town, number=number), None)
            (slot,) = free_slots(session, town, wanted, NOW, TEN.replace(hour=23), NOW)
            book(session, town, wanted, slot, NOW)
        return made.id


def seats(office: Office) -> list[Appointment]:
    with office.database.reading() as session:
        query = select(Appointment).where(Appointment.session_id.is_not(None))
        return list(session.scalars(query.order_by(Appointment.id)))


def begin(office: Office, anna: Account) -> StaffBrowser:
    """It is over; who was signed in a week ago signs in again."""
    office.clock.now = TEN.replace(minute=40)
    return office.sign_in(anna)


def tell(browser: StaffBrowser, seat: Appointment, group: int, outcome: Outcome) -> str:
    form = {"versie": str(seat.version), "uitkomst": outcome.value, "groep": str(group)}
    return browser.post(f"/agenda/afspraken/{seat.id}/uitkomst", form).headers["location"]


def test_who_takes_part_and_how_many_seats_are_left(browser: StaffBrowser, group: int) -> None:
    page = browser.get(f"/agenda/afspraken/{group}").text

    assert [f">{number}</a>" in page for number in ("K-1", "K-2", "K-3")] == [True] * 3
    assert "Deelnemers: 3 van 4" in page
    assert "Nog 1 plaats vrij." in page
    assert "Iedereen was er" not in page


def test_a_seat_leads_to_its_group_and_to_who_leads_it(office: Office, browser: StaffBrowser, group: int) -> None:
    page = browser.get(f"/agenda/afspraken/{seats(office)[0].id}").text

    assert f'href="/portal/agenda/afspraken/{group}">Naar de hele groep' in page
    assert "<dt>Met</dt><dd>Anna Visser</dd>" in page


def test_a_group_cannot_be_moved_but_cancelled_for_all(office: Office, browser: StaffBrowser, group: int) -> None:
    page = browser.get(f"/agenda/afspraken/{group}").text
    assert f"/portal/agenda/afspraken/{group}/verzetten" not in page
    refused = browser.get(f"/agenda/afspraken/{group}/verzetten")
    assert (refused.status_code, "kan niet worden verzet" in refused.text) == (409, True)

    assert browser.post(f"/agenda/afspraken/{group}/afzeggen", {"versie": "1"}).status_code == 303
    assert {seat.state for seat in seats(office)} == {AppointmentState.CANCELLED}
    assert "Er heeft zich nog niemand opgegeven." in browser.get(f"/agenda/afspraken/{group}").text


def test_each_has_an_outcome_and_one_tap_does_the_rest(office: Office, anna: Account, group: int) -> None:
    browser = begin(office, anna)
    assert "Iedereen was er" in browser.get(f"/agenda/afspraken/{group}").text
    away = tell(browser, seats(office)[1], group, Outcome.NO_SHOW)
    assert away == f"/portal/agenda/afspraken/{group}?uitkomst"
    assert "De anderen waren er" in browser.get(f"/agenda/afspraken/{group}").text
    twice = [browser.post(f"/agenda/afspraken/{group}/allemaal").status_code for _ in range(2)]

    assert twice == [303, 303]
    assert [seat.outcome for seat in seats(office)] == [Outcome.HELD, Outcome.NO_SHOW, Outcome.HELD]
    assert {seat.version for seat in seats(office)} == {2}
    noted = [entry.subject for entry in office.entries("set_outcome")]
    assert noted == [f"appointment {seats(office)[n].id}" for n in (1, 0, 2)]


def test_before_it_begins_nobody_was_there(office: Office, browser: StaffBrowser, group: int) -> None:
    response = browser.post(f"/agenda/afspraken/{group}/allemaal")

    assert (response.status_code, "nog niet begonnen" in response.text) == (409, True)
    assert {seat.outcome for seat in seats(office)} == {None}


def test_a_conversation_of_one_is_no_group_and_a_group_has_no_outcome_itself(
    office: Office, anna: Account, group: int
) -> None:
    browser = begin(office, anna)
    assert browser.post(f"/agenda/afspraken/{seats(office)[0].id}/allemaal").status_code == 404
    form = {"versie": "1", "uitkomst": "held"}
    assert browser.post(f"/agenda/afspraken/{group}/uitkomst", form).status_code == 404


def test_a_group_without_anybody_says_so(office: Office, anna: Account, group: int) -> None:
    with office.database.writing() as session:
        for seat in session.scalars(select(Appointment).where(Appointment.session_id == group)):
            seat.state = AppointmentState.CANCELLED
    browser = begin(office, anna)

    assert "Er heeft zich niemand opgegeven." in browser.get(f"/agenda/afspraken/{group}").text
    assert browser.post(f"/agenda/afspraken/{group}/allemaal").status_code == 303
