"""The pages about the agenda, people and tasks in a real browser: everybody can use them, at any width."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from db.models import (
    Account,
    Agreement,
    Appointment,
    AppointmentState,
    Channel,
    ContactPoint,
    DeliveryAttempt,
    EffortKind,
    Invitation,
    InvitationState,
    LinkCode,
    MeetingChannel,
    MessageKind,
    MessageStatus,
    Municipality,
    Outcome,
    Person,
    Perspective,
    ReminderKind,
    Role,
    SearchEffort,
    Side,
    TaskKind,
    TimeOffKind,
)
from services.calendar import AMSTERDAM, day_here
from services.staff_tasks import add_task
from tests.agenda import TALK, build_hours, build_location, build_person, build_time_off
from tests.browser.measures import walk
from tests.browser.portal_measures import check
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import now
from tests.conversations import build_conversation, build_message

WEEKDAYS = range(5)


def monday() -> date:
    """Of next week."""
    today = day_here(now())
    return today + timedelta(days=7 - today.weekday())


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), AMSTERDAM).astimezone(UTC)


@pytest.fixture
def sanne(portal: Portal) -> Account:
    return portal.account(Role.CASEWORKER, login="sanne", name="Sanne de Wit", shown_as="Sanne")


@pytest.fixture
def filled(portal: Portal, sanne: Account) -> Portal:
    """Two colleagues with hours, people in every state, and what a reminder leaves behind."""
    piet = portal.account(Role.CASEWORKER, login="piet", name="Piet Jansen-van den Bovenkamp", shown_as="Piet")
    with portal.database.writing() as session:
        town = session.get_one(Municipality, portal.town.id)
        talk = TALK | {"months": 18, "minutes": 45, "before": 5, "after": 10}
        group = TALK | {"key": "workshop", "name": {"nl": "workshop", "en": "workshop"}, "seats": 8}
        town.settings = town.settings | {"programmes": [talk, group]}
        hall = build_location(session, town, "Stadhuis", rooms=2, directions="Meld u bij de balie in de hal.")
        build_location(session, town, "Wijkcentrum De Linde", accessible=False)
        for weekday in WEEKDAYS:
            build_hours(session, sanne, weekday, "09:00", "12:30", location_id=hall.id)
            if weekday != 2:
                build_hours(
                    session, sanne, weekday, "13:00", "17:00", location_id=hall.id, channels=["office", "phone"]
                )
            build_hours(session, piet, weekday, "08:30", "13:00", location_id=hall.id)
        leave = at(monday() + timedelta(days=4), "00:00")
        build_time_off(session, sanne, leave, leave + timedelta(days=1))
        build_time_off(session, sanne, at(monday(), "15:00"), at(monday(), "17:00"), TimeOffKind.BUSY)
        fill_people(session, portal, sanne, hall.id)
        fill_groups(session, portal, sanne, hall.id)
    return portal


def fill_people(session: Any, portal: Portal, sanne: Account, hall: int) -> None:
    town, made = portal.town, {"municipality_id": portal.town.id}
    anna = build_person(session, town, sanne, "2024-0173", perspective=Perspective.WERKEN_AAN, born_on=date(1999, 5, 2),
                        interpreter="Arabisch", access_needs="geen trappen, mijn zus komt mee")  # fmt: skip
    others = [build_person(session, town, sanne if n % 2 else None, f"2025-{n:04}") for n in range(1, 6)]
    chat = build_conversation(session, town, "wanneer moet ik komen", channel=Channel.TELEGRAM, at=now())
    contact = session.get_one(ContactPoint, chat.contact_point_id)
    contact.person_id, contact.linked_at = anna.id, now()
    build_conversation(session, town, "hallo", at=now())
    coming = keep_appointment(session, town, sanne, anna.id, monday() + timedelta(days=1), "10:00", hall)
    keep_appointment(session, town, sanne, others[0].id, monday(), "09:00", hall)
    keep_appointment(session, town, sanne, others[1].id, monday(), "10:30", None, channel=MeetingChannel.PHONE)
    past = keep_appointment(session, town, sanne, anna.id, monday() - timedelta(days=14), "11:00", hall)
    over = keep_appointment(session, town, sanne, anna.id, monday() - timedelta(days=28), "11:00", hall)
    over.outcome, over.outcome_at, over.outcome_by = Outcome.NO_SHOW, now(), sanne.id
    for side, text, due in ((Side.RESIDENT, "een cv maken en opsturen", 9), (Side.MUNICIPALITY, "een tolk regelen", 2)):
        session.add(Agreement(**made, person_id=anna.id, appointment_id=past.id, side=side, text=text, noted_at=now(),
                              due_on=monday() + timedelta(days=due), noted_by=sanne.id))  # fmt: skip
    session.add(SearchEffort(**made, person_id=anna.id, kind=EffortKind.APPLIED, day=day_here(now()),
                             text="vandaag gesolliciteerd bij de bakker", told_at=now()))  # fmt: skip
    session.add(LinkCode(**made, person_id=anna.id, lookup="x", made_at=now(), expires_at=now() + timedelta(days=7)))
    states = (InvitationState.DUE, InvitationState.INVITED, InvitationState.REMINDED, InvitationState.HANDED)
    for person, state in zip(others, states, strict=False):
        session.add(Invitation(**made, person_id=person.id, programme="contactgesprek", state=state, created_at=now(),
                               due_on=monday() + timedelta(days=3 * person.id - 12), invited_at=now()))  # fmt: skip
    told = build_message(session, chat, 2, "", MessageKind.REMINDER, status=MessageStatus.FAILED, due_at=now(),
                         about=f"appointment:{coming.id}", reminder=ReminderKind.APPOINTMENT)  # fmt: skip
    tried = [{"at": now().isoformat(), "channel": "telegram", "result": result} for result in ("timeout", "blocked")]
    for one in tried:
        session.add(DeliveryAttempt(**made, message_id=told.id, about=told.about, channel=Channel.TELEGRAM, at=now(),
                                    result=one["result"]))  # fmt: skip
    add_task(session, town.id, TaskKind.NOT_REACHED, "a", now(), account_id=sanne.id, person_id=anna.id,
             appointment_id=coming.id, about=told.about, attempts=tried)  # fmt: skip
    add_task(session, town.id, TaskKind.NO_ANSWER, "b", now(), person_id=others[3].id)
    add_task(session, town.id, TaskKind.OUTCOME_MISSING, "c", now(), person_id=anna.id, appointment_id=past.id)


def fill_groups(session: Any, portal: Portal, sanne: Account, hall: int) -> None:
    """One that is still to come and has seats left, one that is over; and what was called off and what is done."""
    town, people = portal.town, [person.id for person in session.scalars(select(Person).order_by(Person.id))]
    for day, taking_part in ((monday() + timedelta(days=3), people[1:4]), (monday() - timedelta(days=14), people[1:5])):
        fields = {"programme": "workshop", "needs": {}}
        group = keep_appointment(session, town, sanne, None, day, "14:00", hall, seats=8, **fields)
        for person in taking_part:
            seat = keep_appointment(session, town, None, person, day, "14:00", hall, session_id=group.id, **fields)
        seat.outcome = Outcome.NO_SHOW if day < day_here(now()) else None
    session.add(Invitation(municipality_id=town.id, person_id=people[0], programme="workshop", created_at=now(),
                           state=InvitationState.WITHDRAWN, due_on=monday()))  # fmt: skip
    task = add_task(session, town.id, TaskKind.NO_SLOT, "d", now(), person_id=people[2])
    task.done_at, task.done_by = now(), sanne.id


def keep_appointment(
    session: Any, town: Municipality, account: Account | None, person: int | None, day: date, clock: str,
    place: int | None, **fields: Any,
) -> Appointment:  # fmt: skip
    begins_at = at(day, clock)
    ends_at = begins_at + timedelta(minutes=45)
    known = {
        "programme": "contactgesprek",
        "channel": MeetingChannel.OFFICE,
        "needs": {"access": "geen trappen"},
        "state": AppointmentState.BOOKED,
    }
    made = Appointment(
        municipality_id=town.id, public_id=f"a{person}-{day}-{clock}", person_id=person,
        account_id=account.id if account else None, location_id=place, begins_at=begins_at, ends_at=ends_at,
        blocked_from=begins_at - timedelta(minutes=5), blocked_until=ends_at + timedelta(minutes=10),
        created_at=now(), changed_at=now(), **known | fields,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


GROUP, GROUP_OVER = "/agenda/afspraken/6", "/agenda/afspraken/10"
PERSON, COMING, PAST = "/inwoners/1", "/agenda/afspraken/1", "/agenda/afspraken/4"


def paths(account: Account) -> dict[str, str]:
    day = f"dag={monday()}"
    return {
        "week": f"/agenda?{day}", "dag": f"/agenda?{day}&toon=dag", "team": f"/agenda?{day}&van=team",
        "team-dag": f"/agenda?{day}&van=team&toon=dag", "gesprek": COMING, "voorbij": PAST,
        "verzetten": f"{COMING}/verzetten?vanaf={monday()}", "plannen": f"{PERSON}/afspraak?vanaf={monday()}",
        "werktijden": f"/werktijden/{account.id}", "plekken": "/plekken", "plek": "/plekken/1",
        "feed": "/agenda-op-telefoon", "inwoners": "/inwoners", "nieuw": "/inwoners/nieuw", "inwoner": PERSON,
        "uitnodigingen": "/uitnodigingen", "ingetrokken": "/uitnodigingen?toon=ingetrokken", "taken": "/taken",
        "klaar": "/taken?staat=klaar", "groep": GROUP, "groep-geweest": GROUP_OVER,
        "koppelen": "/gesprekken/2/koppelen", "chat": "/gesprekken/1", "los": "/gesprekken/2",
    }  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_every_page_can_be_used_by_everybody(
    filled: Portal, sanne: Account, staff_page: StaffPage, width: int, scheme: str
) -> None:
    page = staff_page(account=sanne, width=width, scheme=scheme)
    for path in paths(sanne).values():
        page.goto(f"/portal{path}")
        for closed in page.locator("summary").all():
            if closed.is_visible():
                closed.click()
        check(page)


def test_without_scripts_nothing_is_missing(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, width=320, scripts=False)
    for path in paths(sanne).values():
        page.goto(f"/portal{path}")
        check(page)


def test_empty_pages_say_what_will_stand_there(portal: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, width=320)
    for path in ("/agenda", "/werktijden", "/plekken", "/inwoners", "/uitnodigingen", "/taken", "/agenda-op-telefoon"):
        page.goto(f"/portal{path}")
        check(page)


@pytest.mark.parametrize("name", ["week", "gesprek", "inwoner", "taken"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    filled: Portal, sanne: Account, staff_page: StaffPage, name: str
) -> None:
    page = staff_page(account=sanne, path=paths(sanne)[name])
    page.evaluate("scrollTo(0, 0)")
    stops = walk(page, most=90)
    wanted = {"week": "2024-0173", "gesprek": "Verzet", "inwoner": "Maak een code", "taken": "Klaar"}[name]
    assert wanted in " | ".join(stop["text"] for stop in stops)
    assert [stop["text"] for stop in stops if not stop["ring"]] == []


def test_a_conversation_is_booked_moved_and_cancelled_without_scripts(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path=paths(sanne)["plannen"], width=360, scripts=False)
    page.locator("input[name=tijd]").first.check()
    page.get_by_role("button", name="Leg deze tijd vast").click()
    expect(page.locator(".bericht")).to_contain_text("Het gesprek staat vast.")
    page.get_by_role("link", name="Verzet").click()
    page.locator("input[name=tijd]").last.check()
    page.get_by_role("button", name="Verzet naar deze tijd").click()
    expect(page.locator(".bericht")).to_contain_text("Het gesprek is verzet.")
    page.get_by_text("Zeg af", exact=True).click()
    page.get_by_role("button", name="Ja, zeg af").click()
    expect(page.locator(".staat").first).to_contain_text("Afgezegd")


def test_an_outcome_takes_one_tap_and_an_agreement_one_form(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path=PAST, width=360)
    page.get_by_role("button", name="Gehouden").click()
    expect(page.locator(".staat").first).to_contain_text("Gehouden")
    page.fill("#wat", "inschrijven bij de taalschool")
    page.get_by_role("button", name="Noteer").click()
    expect(page.locator("#noteer")).to_contain_text("inschrijven bij de taalschool")
    check(page)


def test_a_code_is_shown_once(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path=PERSON, width=360)
    page.get_by_role("button", name="Maak een code").click()
    assert len(page.locator(".code").inner_text()) == len("4K7M-2QXD")
    check(page)
    page.goto(f"/portal{PERSON}")
    expect(page.locator(".code")).to_have_count(0)


def test_an_open_task_is_counted_in_the_rail_until_it_is_ticked(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path="/taken")
    expect(page.locator(".rail__aantal")).to_contain_text("3")
    page.get_by_role("button", name="Klaar").first.click()
    expect(page.locator(".rail__aantal")).to_contain_text("2")
    expect(page.locator("[data-rij]")).to_have_count(2)


def test_several_tasks_are_ticked_together_without_scripts(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path="/taken", width=360, scripts=False)
    for box in page.locator("[data-rij] input[type=checkbox]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Vink af wat is aangekruist").click()
    expect(page.locator(".bericht")).to_contain_text("2 taken afgevinkt.")
    expect(page.locator("[data-rij]")).to_have_count(1)
    page.get_by_role("link", name="Klaar").click()
    page.get_by_role("button", name="Zet terug").first.click()
    expect(page.locator(".bericht")).to_contain_text("De taak staat weer open.")


def test_a_person_is_reminded_and_an_invitation_called_off_without_scripts(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path=PERSON, width=360, scripts=False)
    page.fill("#papieren", str(monday() + timedelta(days=10)))
    page.get_by_role("button", name="Herinner aan papieren").click()
    expect(page.locator("#herinner")).to_contain_text("Papieren inleveren, uiterlijk")
    page.get_by_role("button", name=re.compile("^Stop.*papieren")).click()
    expect(page.locator(".bericht")).to_contain_text("Deze herinnering komt niet meer.")
    page.get_by_role("button", name="Nodig toch uit").click()
    expect(page.locator(".bericht")).to_contain_text("De inwoner wordt weer uitgenodigd")
    page.get_by_text("Trek in").first.click()
    page.get_by_role("button", name="Ja, trek in").click()
    expect(page.get_by_role("button", name="Nodig toch uit")).to_be_visible()
    check(page)


def test_one_tap_tells_that_the_others_of_a_group_were_there(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path=GROUP_OVER, width=360, scripts=False)
    page.get_by_role("button", name="De anderen waren er").click()
    expect(page.locator("#deelnemers .staat")).to_have_count(4)
    expect(page.locator("#deelnemers .staat").last).to_contain_text("Niet gekomen")
    check(page)
