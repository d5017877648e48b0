"""On the page of a person: what he is reminded of is set and stopped, and what was held is noted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models import (
    ContactPoint,
    Conversation,
    Invitation,
    InvitationState,
    Message,
    MessageStatus,
    Municipality,
    Person,
    ReminderKind,
)
from services.calendar import day_here
from services.people.consents import set_wanted
from tests.agenda import TALK, build_chat, build_person
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

TODAY = day_here(NOW)
LATER = str(TODAY + timedelta(days=20))
SET = ({"papieren": LATER}, {"herbeoordeling": LATER}, {"inkomsten": "1"})


@pytest.fixture
def person(office: Office) -> int:
    """With a chat, in a municipality that speaks everybody every eighteen months."""
    with office.database.writing() as session:
        town = session.get_one(Municipality, office.town.id)
        town.settings = town.settings | {"programmes": [TALK | {"months": 18}]}
        made = build_person(session, town)
        build_chat(session, town, made)
        return made.id


def planned(office: Office) -> int:
    with office.database.reading() as session:
        return len(session.scalars(select(Message).where(Message.status == MessageStatus.PLANNED)).all())


@pytest.mark.parametrize("form", SET, ids=lambda form: next(iter(form)))
def test_a_reminder_is_set_shown_and_stopped(
    office: Office, caseworker: StaffBrowser, person: int, form: dict[str, str]
) -> None:
    (word,) = form
    address = f"/inwoners/{person}/{word}"
    assert [caseworker.post(address, form).headers["location"] for _ in range(2)] == [
        f"/portal/inwoners/{person}?herinnerd"
    ] * 2
    count = planned(office)
    assert f'action="/portal{address}/stop"' in caseworker.get(f"/inwoners/{person}").text

    assert [caseworker.post(f"{address}/stop").status_code for _ in range(2)] == [303, 303]
    assert (count > 0, planned(office)) == (True, 0)
    assert len(office.entries("reminder_stopped")) == 2


def test_what_the_resident_switched_off_since_is_told(office: Office, caseworker: StaffBrowser, person: int) -> None:
    caseworker.post(f"/inwoners/{person}/papieren", {"papieren": LATER})
    assert "Uitgezet door de inwoner" not in caseworker.get(f"/inwoners/{person}").text
    with office.database.writing() as session:
        chat = session.scalars(select(Conversation).join(ContactPoint).where(ContactPoint.person_id == person)).one()
        set_wanted(session, chat, ReminderKind.ALL, False, NOW)

    assert "Uitgezet door de inwoner" in caseworker.get(f"/inwoners/{person}").text


@pytest.mark.parametrize("day", ["", "31-12-2026", "2026-11-23", "1999-01-01", "2029-12-31"])
@pytest.mark.parametrize("word", ["papieren", "herbeoordeling"])
def test_a_day_that_cannot_be_is_told_beside_its_field(
    office: Office, caseworker: StaffBrowser, person: int, word: str, day: str
) -> None:
    response = caseworker.post(f"/inwoners/{person}/{word}", {word: day})

    assert (response.status_code, f'id="{word}-fout"' in response.text) == (422, True)
    assert (planned(office), [e for e in office.entries() if "reminder" in e.deed]) == (0, [])


def test_without_a_chat_it_is_told_what_to_do_first(office: Office, caseworker: StaffBrowser) -> None:
    with office.database.writing() as session:
        person = build_person(session, office.town).id

    assert "Geef eerst een koppelcode." in caseworker.get(f"/inwoners/{person}").text
    for form in SET:
        response = caseworker.post(f"/inwoners/{person}/{next(iter(form))}", form)
        assert (response.status_code, "Er is geen chat" in response.text) == (422, True)


def test_of_a_case_that_is_closed_nothing_is_set(office: Office, caseworker: StaffBrowser, person: int) -> None:
    with office.database.writing() as session:
        session.get_one(Person, person).closed_at = NOW

    assert "Laat de inwoner herinneren" not in caseworker.get(f"/inwoners/{person}").text
    assert caseworker.post(f"/inwoners/{person}/inkomsten").status_code == 404
    form = {"gesprek": "contactgesprek", "gehouden": str(TODAY)}
    assert caseworker.post(f"/inwoners/{person}/gehouden", form).status_code == 404


def test_from_a_conversation_that_was_held_the_next_one_is_counted(
    office: Office, caseworker: StaffBrowser, person: int
) -> None:
    form = {"gesprek": "contactgesprek", "gehouden": "2026-10-31"}
    for _ in range(2):
        assert caseworker.post(f"/inwoners/{person}/gehouden", form).status_code == 303

    assert "uiterlijk 30 april 2028" in caseworker.get(f"/inwoners/{person}").text
    with office.database.reading() as session:
        (kept,) = session.scalars(select(Invitation)).all()
    assert (kept.state, kept.due_on) == (InvitationState.DONE, date(2026, 10, 31))
    assert office.entries("note_held")[0].detail == {"programme": "contactgesprek"}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"gesprek": "contactgesprek", "gehouden": str(TODAY + timedelta(days=1))}, "moet nog komen"),
        ({"gesprek": "dans", "gehouden": str(TODAY)}, "voert de gemeente niet meer"),
        ({"gesprek": "contactgesprek"}, "Kies een dag."),
    ],
)
def test_what_was_not_held_is_not_noted(
    office: Office, caseworker: StaffBrowser, person: int, form: dict[str, str], told: str
) -> None:
    response = caseworker.post(f"/inwoners/{person}/gehouden", form)

    assert (response.status_code, told in response.text) == (422, True)
    assert office.entries("note_held") == []
