"""The agenda: a week of somebody or of the team; conversations are booked, moved, cancelled, and told about."""

import html
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import (
    Account,
    Agreement,
    Appointment,
    AppointmentState,
    Municipality,
    Outcome,
    Person,
    Role,
    StaffTask,
    TaskKind,
    TimeOffKind,
)
from services.staff_tasks import add_task
from tests.agenda import NEXT_TUESDAY, TALK, TUESDAY, build_hours, build_location, build_person, build_time_off
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

WEEK = f"dag={NEXT_TUESDAY}"
SLOT = re.compile(r'name="tijd" value="([^"]+)"')


@dataclass
class Desk:
    """Anna has hours on Tuesday mornings at the town hall; K-1 is her client."""

    office: Office
    anna: Account
    browser: StaffBrowser
    person: int

    def times(self, address: str) -> list[str]:
        return [html.unescape(found) for found in SLOT.findall(self.browser.get(address).text)]

    def book(self, time: str = "") -> int:
        form = {"gesprek": "contactgesprek", "tijd": time or self.times(self.choose)[0]}
        return int(self.browser.post(self.choose, form).headers["location"].rpartition("/")[2].partition("?")[0])

    @property
    def choose(self) -> str:
        return f"/inwoners/{self.person}/afspraak?vanaf={NEXT_TUESDAY}"

    def all(self) -> list[Appointment]:
        with self.office.database.reading() as session:
            return list(session.scalars(select(Appointment).order_by(Appointment.id)))


@pytest.fixture
def desk(office: Office) -> Desk:
    anna = office.add(Role.CASEWORKER, login="anna", name="Anna Visser")
    with office.database.writing() as session:
        town = session.get_one(Municipality, office.town.id)
        group = TALK | {"key": "workshop", "name": {"nl": "workshop", "en": "workshop"}, "seats": 8}
        town.settings = town.settings | {"programmes": [TALK, group]}
        place = build_location(session, town)
        build_hours(session, anna, TUESDAY, location_id=place.id)
        person = build_person(session, town, anna)
    return Desk(office, anna, office.sign_in(anna), person.id)


def test_a_time_that_is_offered_can_be_booked_and_stands_in_the_agenda(desk: Desk) -> None:
    number = desk.book()

    (made,) = desk.all()
    assert (made.person_id, made.account_id, made.state) == (desk.person, desk.anna.id, AppointmentState.BOOKED)
    week = desk.browser.get(f"/agenda?{WEEK}").text
    assert f'href="/portal/agenda/afspraken/{number}">K-1</a>' in week
    assert [(e.deed, e.detail) for e in desk.office.entries("book_appointment")] == [
        ("book_appointment", {"appointment": number})
    ]


def test_a_time_that_was_taken_meanwhile_is_refused_with_what_is_free_now(desk: Desk) -> None:
    first = desk.times(desk.choose)[0]
    desk.book(first)
    response = desk.browser.post(desk.choose, {"gesprek": "contactgesprek", "tijd": first})

    assert response.status_code == 409
    assert "Deze tijd is niet meer vrij." in response.text
    assert len(desk.all()) == 1


@pytest.mark.parametrize("time", ["", "x", "[]", "{}", '{"begins_at": 1}', '"nu"'])
def test_a_time_that_nobody_offered_is_refused(desk: Desk, time: str) -> None:
    assert desk.browser.post(desk.choose, {"gesprek": "contactgesprek", "tijd": time}).status_code == 409
    assert desk.all() == []


def test_moving_names_the_version_that_was_seen(desk: Desk) -> None:
    number = desk.book()
    address = f"/agenda/afspraken/{number}/verzetten"
    later = desk.times(f"{address}?vanaf={NEXT_TUESDAY}")[-1]

    stale = desk.browser.post(address, {"tijd": later, "versie": "7"})
    assert (stale.status_code, "intussen veranderd" in stale.text) == (409, True)
    assert desk.browser.post(address, {"tijd": later, "versie": "1"}).status_code == 303
    old, new = desk.all()
    assert (old.state, new.state, new.moved_from) == (AppointmentState.MOVED, AppointmentState.BOOKED, old.id)


def test_cancelling_frees_the_time(desk: Desk) -> None:
    number, before = desk.book(), len(desk.times(desk.choose))
    desk.browser.post(f"/agenda/afspraken/{number}/afzeggen", {"versie": "1", "reden": "ziek, bel 0612345678"})

    (gone,) = desk.all()
    assert (gone.state, gone.cancelled_by) == (AppointmentState.CANCELLED, "staff")
    assert "0612345678" not in (gone.reason or "")
    assert len(desk.times(desk.choose)) > before


def test_how_it_went_is_told_with_one_post_and_only_after_it_began(desk: Desk) -> None:
    number = desk.book()
    address = f"/agenda/afspraken/{number}/uitkomst"
    assert desk.browser.post(address, {"uitkomst": "held", "versie": "1"}).status_code == 409
    desk.office.clock.now = desk.all()[0].ends_at + timedelta(minutes=1)
    browser = desk.office.sign_in(desk.anna)
    assert "Hoe ging het?" in browser.get(f"/agenda?{WEEK}").text

    assert browser.post(address, {"uitkomst": "gestolen", "versie": "1"}).status_code == 409
    assert browser.post(address, {"uitkomst": "held", "versie": "1"}).status_code == 303
    assert desk.all()[0].outcome is Outcome.HELD


def test_an_agreement_is_noted_with_the_conversation(desk: Desk) -> None:
    number = desk.book()
    address = f"/agenda/afspraken/{number}/noteer"
    assert desk.browser.post(address, {"wat": " ", "wie": "resident"}).status_code == 422
    desk.browser.post(address, {"wat": "een cv maken", "wie": "resident", "wanneer": "2026-12-10"})

    with desk.office.database.reading() as session:
        (made,) = session.scalars(select(Agreement)).all()
    assert (made.appointment_id, made.person_id, made.text) == (number, desk.person, "een cv maken")
    assert "een cv maken" in desk.browser.get(f"/inwoners/{desk.person}").text
    assert "een cv" not in str([entry.detail for entry in desk.office.entries()])


def test_a_group_takes_the_time_of_who_leads_it_and_nobody_elses_place(desk: Desk) -> None:
    form = {"gesprek": "workshop", "dag": "2026-12-02", "tijd": "10:00", "plaatsen": "6", "met": str(desk.anna.id)}
    with desk.office.database.writing() as session:
        theirs = build_location(session, desk.office.stranger, "Elders").id

    assert desk.browser.post("/agenda/groep", form | {"plek": f"l{theirs}"}).status_code == 404
    assert desk.browser.post("/agenda/groep", form).status_code == 303
    assert desk.browser.post("/agenda/groep", form).status_code == 422
    assert [(one.seats, one.account_id) for one in desk.all()] == [(6, desk.anna.id)]


def test_a_week_shows_what_is_free_and_what_is_not(desk: Desk) -> None:
    leave = NOW + timedelta(days=9)
    with desk.office.database.writing() as session:
        anna = session.get_one(Account, desk.anna.id)
        build_time_off(session, anna, leave, leave + timedelta(hours=2), TimeOffKind.BUSY)
    desk.book()
    week = re.sub(r"<[^>]+>|\s+", " ", desk.browser.get(f"/agenda?{WEEK}").text)

    assert re.search(r"09\.30–12\.00 +vrij", week)
    assert re.search(r"11\.00–13\.00 +Bezet", week)


def test_the_team_stands_beside_each_other(desk: Desk) -> None:
    other = desk.office.add(Role.CASEWORKER, login="bob", name="Bob Smit")
    editor = desk.office.add(Role.EDITOR, login="els", name="Els Redactie")
    desk.book()
    team = desk.browser.get(f"/agenda?{WEEK}&van=team").text

    assert all(f'van={one.id}">{one.name}' in team for one in (desk.anna, other))
    assert editor.name not in team
    assert "1</strong> gesprek" in team


@pytest.mark.parametrize("asked", ["dag=x", "dag=2026-02-31", "dag=9999-12-31", "van=99999999999999999999", "van=-1"])
def test_an_address_that_cannot_be_is_today(desk: Desk, asked: str) -> None:
    assert desk.browser.get(f"/agenda?{asked}").status_code == 200


def test_a_colleague_of_another_municipality_has_no_agenda_here(desk: Desk) -> None:
    theirs = desk.office.add(Role.CASEWORKER, town=desk.office.stranger, login="vreemd", name="Vreemd Persoon")

    assert "Vreemd" not in desk.browser.get(f"/agenda?van={theirs.id}").text
    assert desk.browser.get(f"/werktijden/{theirs.id}").status_code == 404


def test_a_task_is_counted_until_it_is_ticked(desk: Desk) -> None:
    with desk.office.database.writing() as session:
        task = add_task(session, desk.office.town.id, TaskKind.NO_ANSWER, "x", NOW, person_id=desk.person).id
    assert 'class="rail__aantal">1' in desk.browser.get("/taken").text

    desk.browser.post(f"/taken/{task}/klaar")
    assert "rail__aantal" not in desk.browser.get("/taken").text
    with desk.office.database.reading() as session:
        assert session.get_one(StaffTask, task).done_by == desk.anna.id


def test_a_closed_case_is_not_planned_for(desk: Desk) -> None:
    with desk.office.database.writing() as session:
        session.get_one(Person, desk.person).closed_at = NOW

    assert desk.times(desk.choose) == []
    assert "Plan een gesprek" not in desk.browser.get(f"/inwoners/{desk.person}").text
