"""The own agenda on a telephone: behind a secret address, without names, gone when it is revoked."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from db.models import Account, Appointment, AppointmentState, CalendarFeed, MeetingChannel, Role
from tests.agenda import build_person
from tests.builders import NOW
from tests.integration.portal.conftest import Office


@pytest.fixture
def anna(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="anna")


def booked(office: Office, anna: Account, public_id: str = "afspraak1", **fields: object) -> None:
    begins_at = NOW + timedelta(days=3)
    known = {
        "municipality_id": office.town.id, "public_id": public_id, "programme": "contactgesprek",
        "account_id": anna.id, "channel": MeetingChannel.OFFICE, "begins_at": begins_at,
        "ends_at": begins_at + timedelta(minutes=45), "blocked_from": begins_at,
        "blocked_until": begins_at + timedelta(hours=1), "state": AppointmentState.BOOKED,
        "needs": {"interpreter": "Arabisch"}, "reason": "ziek", "created_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    with office.database.writing() as session:
        person = build_person(session, office.town, anna, f"K-{public_id}")
        session.add(Appointment(**known | {"person_id": person.id} | fields))


def address_of(office: Office, anna: Account) -> str:
    page = office.sign_in(anna).post("/agenda-op-telefoon").text
    return page.partition("http://staff.test/portal")[2].partition("</code>")[0]


def test_the_file_says_when_and_how_and_never_with_whom(office: Office, anna: Account) -> None:
    booked(office, anna)
    response = office.nobody().get(address_of(office, anna))

    (event,) = Calendar.from_ical(response.text).walk("VEVENT")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (str(event["SUMMARY"]), str(event["UID"]), event["SEQUENCE"]) == ("Gesprek (kantoor)", "afspraak1", 1)
    assert event.decoded("DTSTART") == NOW + timedelta(days=3)
    for secret in ("K-afspraak1", "Arabisch", "ziek", "contactgesprek", "DESCRIPTION", "ATTENDEE"):
        assert secret not in response.text


def test_what_was_moved_or_is_of_somebody_else_does_not_stand_in_it(office: Office, anna: Account) -> None:
    other = office.add(Role.CASEWORKER, login="bob")
    booked(office, anna, "weg", state=AppointmentState.CANCELLED)
    booked(office, other, "van bob")
    booked(office, anna, "oud", begins_at=NOW - timedelta(days=99), blocked_from=NOW - timedelta(days=99))

    assert "VEVENT" not in office.nobody().get(address_of(office, anna)).text


def test_an_address_works_until_it_is_revoked_or_another_one_is_made(office: Office, anna: Account) -> None:
    first = address_of(office, anna)
    assert office.nobody().get(first).status_code == 200
    second = address_of(office, anna)

    assert [office.nobody().get(one).status_code for one in (first, second)] == [404, 200]
    office.sign_in(anna).post("/agenda-op-telefoon/weg")
    assert office.nobody().get(second).status_code == 404
    assert [entry.deed for entry in office.entries()] == ["make_feed", "make_feed", "revoke_feed"]


def test_it_ends_with_the_account(office: Office, anna: Account) -> None:
    address = address_of(office, anna)
    with office.database.writing() as session:
        session.get_one(Account, anna.id).blocked_at = NOW

    assert office.nobody().get(address).status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 500, "../agenda"])
def test_a_wrong_secret_is_told_nothing(office: Office, anna: Account, secret: str) -> None:
    assert office.nobody().get(f"/feed/{secret}.ics").status_code in (303, 404)


def test_the_secret_is_kept_nowhere_and_shown_once(office: Office, anna: Account) -> None:
    secret = address_of(office, anna).removeprefix("/feed/").removesuffix(".ics")
    with office.database.reading() as session:
        (feed,) = session.query(CalendarFeed).all()

    assert len(secret) >= 43
    assert secret not in feed.lookup
    assert secret not in office.sign_in(anna).get("/agenda-op-telefoon").text
    assert secret not in str([entry.detail for entry in office.entries()])
