"""People: added by client number, found by a part of it, linked by a code that is shown once."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from db.models import (
    ContactPoint,
    DeliveryAttempt,
    LinkCode,
    Location,
    MessageKind,
    MessageStatus,
    Person,
    ReminderKind,
    Role,
    TimeOff,
    WorkingHours,
)
from db.models.contact_point import Channel
from services.people.link import use_code
from tests.agenda import build_chat, build_person
from tests.builders import NOW
from tests.conversations import build_conversation, build_message
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office
from tests.integration.portal.samples import an_agreement


def add(office: Office, number: str = "K-1") -> int:
    with office.database.writing() as session:
        return build_person(session, office.town, number=number).id


def test_a_person_has_a_number_and_no_number_twice(office: Office, caseworker: StaffBrowser) -> None:
    form = {"nummer": " 2024-1 ", "uitkering": "ioaw", "geboren": "1990-02-03", "tolk": "Arabisch"}
    first, second = (caseworker.post("/inwoners/nieuw", form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 422)
    assert "Er staat al een inwoner met dit nummer." in second.text
    assert caseworker.post("/inwoners/nieuw", {"nummer": " "}).status_code == 422
    with office.database.reading() as session:
        (person,) = session.scalars(select(Person)).all()
    assert (person.client_number, person.benefit.value, person.interpreter) == ("2024-1", "ioaw", "Arabisch")


def test_a_part_of_the_number_finds_and_a_wildcard_is_a_sign(office: Office, caseworker: StaffBrowser) -> None:
    add(office, "2024-0173"), add(office, "2025-0001")

    assert "2024-0173" in caseworker.get("/inwoners?zoek=0173").text
    assert "2025-0001" not in caseworker.get("/inwoners?zoek=0173").text
    assert "2024-0173" not in caseworker.get("/inwoners?zoek=%25").text


def test_facts_are_changed_and_a_caseworker_is_one_of_ours(office: Office, caseworker: StaffBrowser) -> None:
    person, theirs = add(office), office.add(Role.CASEWORKER, town=office.stranger, login="vreemd")

    assert caseworker.post(f"/inwoners/{person}", {"klantmanager": str(theirs.id)}).status_code == 404
    assert caseworker.post(f"/inwoners/{person}", {"geboren": "2190-01-01"}).status_code == 422
    assert caseworker.post(f"/inwoners/{person}", {"perspectief": "meedoen", "nodig": "een lift"}).status_code == 303
    assert "Meedoen" in (page := caseworker.get(f"/inwoners/{person}").text)
    assert "een lift" in page


def test_a_code_is_shown_once_and_links_a_chat(office: Office, caseworker: StaffBrowser) -> None:
    person = add(office)
    shown = caseworker.post(f"/inwoners/{person}/code").text
    code = shown.partition('code">')[2].partition("<")[0]
    with office.database.writing() as session:
        chat = build_chat(session, office.town)
        assert use_code(session, office.keys, chat, code, office.clock()).id == person
        contact = chat.contact_point_id

    page = caseworker.get(f"/inwoners/{person}").text
    assert code not in page
    assert f"/portal/inwoners/chats/{contact}/los" in page
    caseworker.post(f"/inwoners/chats/{contact}/los")
    with office.database.reading() as session:
        assert session.get_one(ContactPoint, contact).person_id is None
    assert [e.deed for e in office.entries() if "link" in e.deed] == ["link_code_made", "linked", "unlinked"]


def test_a_code_that_was_taken_back_is_no_code(office: Office, caseworker: StaffBrowser) -> None:
    person = add(office)
    caseworker.post(f"/inwoners/{person}/code")
    with office.database.reading() as session:
        code = session.scalars(select(LinkCode)).one().id

    assert caseworker.post(f"/inwoners/codes/{code}/weg").status_code == 303
    assert "Trek de code in" not in caseworker.get(f"/inwoners/{person}").text


def test_a_linked_chat_leads_to_the_person_and_another_one_to_the_search(
    office: Office, caseworker: StaffBrowser
) -> None:
    person = add(office)
    with office.database.writing() as session:
        linked = build_chat(session, office.town, session.get_one(Person, person)).id
        other = build_chat(session, office.town, name="r2").id

    assert f'href="/portal/inwoners/{person}">Inwoner K-1' in caseworker.get(f"/gesprekken/{linked}").text
    assert "Niet gekoppeld" in caseworker.get(f"/gesprekken/{other}").text


def test_from_a_chat_one_finds_the_person_and_gets_his_code(office: Office, caseworker: StaffBrowser) -> None:
    person = add(office, "2024-0173")
    add(office, "2025-0001")
    with office.database.writing() as session:
        chat = build_chat(session, office.town).id
    assert f'href="/portal/gesprekken/{chat}/koppelen"' in caseworker.get(f"/gesprekken/{chat}").text

    assert "data-rij" not in caseworker.get(f"/gesprekken/{chat}/koppelen").text
    found = caseworker.get(f"/gesprekken/{chat}/koppelen?zoek=0173").text
    assert (found.count("data-rij"), f'action="/portal/inwoners/{person}/code"' in found) == (1, True)
    made = caseworker.post(f"/inwoners/{person}/code", {"gesprek": str(chat)}).text
    assert ('class="sleutel code">' in made, f"Terug naar gesprek {chat}" in made) == (True, True)


def test_one_sees_ones_own_people_first_and_no_code_for_a_closed_case(office: Office) -> None:
    anna = office.add(Role.CASEWORKER, login="anna")
    with office.database.writing() as session:
        build_person(session, office.town, anna, "K-1", closed_at=NOW)
        build_person(session, office.town, None, "K-2")
        chat = build_chat(session, office.town, build_person(session, office.town, anna, "K-3")).id
    page = office.sign_in(anna).get(f"/gesprekken/{chat}/koppelen").text

    assert [f">{number}</a>" in page for number in ("K-1", "K-2", "K-3")] == [True, False, True]
    assert page.count("Maak een code") == 1
    assert "Dit gesprek hoort al bij" in page


def test_the_evidence_of_a_reminder_stays_when_its_message_is_gone(office: Office, caseworker: StaffBrowser) -> None:
    with office.database.writing() as session:
        agreement = an_agreement(session, office.town)
        about = f"agreement:{agreement}"
        session.add(
            DeliveryAttempt(
                municipality_id=office.town.id, about=about, channel=Channel.TELEGRAM, at=NOW, result="blocked"
            )
        )
        person = session.scalars(select(Person.id)).one()
    page = caseworker.get(f"/inwoners/{person}").text

    assert "bericht gewist" in page
    assert "de inwoner heeft de chatbot geblokkeerd" in page


@pytest.mark.parametrize(("minutes", "seen"), [(14, False), (16, True)])
def test_a_reminder_that_is_a_quarter_late_raises_an_alarm_on_every_page(
    office: Office, caseworker: StaffBrowser, minutes: int, seen: bool
) -> None:
    with office.database.writing() as session:
        chat = build_conversation(session, office.town)
        fields = {"status": MessageStatus.PLANNED, "reminder": ReminderKind.APPOINTMENT}
        due_at = office.clock() - timedelta(minutes=minutes)
        build_message(session, chat, -1, "", MessageKind.REMINDER, due_at=due_at, **fields)

    assert all(("een kwartier te laat" in caseworker.get(path).text) is seen for path in ("/taken", "/gesprekken"))
    assert "een kwartier te laat" not in office.staff(Role.CASEWORKER, town=office.stranger).get("/taken").text


def test_hours_are_kept_and_do_not_overlap(office: Office) -> None:
    anna = office.add(Role.CASEWORKER, login="anna")
    browser, address = office.sign_in(anna), f"/werktijden/{anna.id}/uren"
    form = {"dag_0": "1", "dag_2": "1", "van": "09:00", "tot": "12:30", "kanaal_phone": "1"}

    assert browser.post(address, form).status_code == 303
    assert browser.post(address, {"dag_2": "1", "van": "12:00", "tot": "13:00"}).status_code == 422
    assert browser.post(address, {"dag_1": "1", "van": "12:00", "tot": "12:00"}).status_code == 422
    assert browser.post(address, {"van": "12:00", "tot": "13:00"}).status_code == 422
    with office.database.reading() as session:
        kept = session.scalars(select(WorkingHours).order_by(WorkingHours.weekday)).all()
    assert [(one.weekday, one.begins, one.channels) for one in kept] == [(d, time(9), ["phone"]) for d in (0, 2)]


def test_leave_is_of_whole_days_here_or_of_hours(office: Office) -> None:
    anna = office.add(Role.CASEWORKER, login="anna")
    browser, address = office.sign_in(anna), f"/werktijden/{anna.id}/afwezig"
    browser.post(address, {"soort": "leave", "dag": "2026-12-24", "tot_dag": "2026-12-25"})
    browser.post(address, {"soort": "extra", "dag": "2026-12-05", "af_van": "09:00", "af_tot": "11:00"})

    assert browser.post(address, {"soort": "leave", "dag": "2026-12-24", "tot_dag": "2026-12-20"}).status_code == 422
    with office.database.reading() as session:
        extra, leave = session.scalars(select(TimeOff).order_by(TimeOff.begins_at)).all()
    assert (leave.ends_at - leave.begins_at, leave.begins_at.hour) == (timedelta(days=2), 23)
    assert extra.ends_at - extra.begins_at == timedelta(hours=2)
    assert "do 24 dec t/m vr 25 dec" in browser.get("/werktijden").text


def test_a_place_of_another_municipality_is_no_place_to_work(office: Office) -> None:
    anna = office.add(Role.CASEWORKER, login="anna")
    with office.database.writing() as session:
        place = Location(municipality_id=office.stranger.id, name="Elders", address="Weg 1")
        session.add(place)
        session.flush()
    form = {"dag_0": "1", "van": "09:00", "tot": "12:30", "locatie": str(place.id)}

    assert office.sign_in(anna).post(f"/werktijden/{anna.id}/uren", form).status_code == 404


def test_a_place_has_a_name_of_its_own(office: Office, caseworker: StaffBrowser) -> None:
    form = {"naam": "Stadhuis", "adres": "Plein 1", "open": "1"}

    assert caseworker.post("/plekken", form).status_code == 303
    assert caseworker.post("/plekken", form | {"naam": "stadhuis"}).status_code == 422
    assert caseworker.post("/plekken", {"naam": "Loket"}).status_code == 422
    assert caseworker.get("/plekken").text.count("data-rij") == 1


def test_an_editor_and_an_administrator_see_nobody(office: Office) -> None:
    person = add(office)
    paths = ("/inwoners", f"/inwoners/{person}", "/agenda", "/taken", "/uitnodigingen", "/werktijden")
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        browser = office.staff(role)
        assert {browser.get(path).status_code for path in paths} == {403}
