"""One object of every kind that pages of the staff are about. A new kind of page adds its own here."""

import itertools
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models import (
    Agreement,
    Appointment,
    AppointmentState,
    CallbackRequest,
    ContactPoint,
    Invitation,
    InvitationState,
    LinkCode,
    Location,
    MeetingChannel,
    Municipality,
    Person,
    Role,
    Room,
    SearchPeriod,
    Side,
    TaskKind,
    TimeOff,
    TimeOffKind,
    WorkingHours,
)
from portal.guard import Page
from services.model_versions import keep_version, make_live
from services.publication import ask_training, run_under_way
from services.staff_tasks import add_task
from tests.agenda import TALK
from tests.builders import NOW, build_account, build_topic
from tests.calculations import build_calculation
from tests.conversations import build_conversation
from tests.integration.portal.conftest import Office

type Made = int | str

_numbers = itertools.count(1)


def an_account(session: Session, town: Municipality) -> Made:
    return build_account(session, town, Role.CASEWORKER, login=f"voorbeeld{next(_numbers)}").id


def a_calculation(session: Session, town: Municipality) -> Made:
    return build_calculation(session, build_conversation(session, town)).id


def a_topic(session: Session, town: Municipality) -> Made:
    return build_topic(session, f"onderwerp_{next(_numbers)}", municipality=town).name


def a_conversation(session: Session, town: Municipality) -> Made:
    return build_conversation(session, town).id


def a_callback(session: Session, town: Municipality) -> Made:
    conversation = build_conversation(session, town)
    asked = CallbackRequest(
        municipality_id=town.id, conversation_id=conversation.id, asked_at=NOW, promised_by=NOW + timedelta(days=1)
    )
    session.add(asked)
    session.flush()
    return asked.id


def a_run(session: Session, _town: Municipality) -> Made:
    return (run_under_way(session) or ask_training(session, None, NOW)).id


def a_version(session: Session, _town: Municipality) -> Made:
    """One to go back to: another one went live after it."""
    names = [f"model{next(_numbers)}" for _ in range(2)]
    for name in names:
        keep_version(session, name, f"{name}.tar.gz", {}, NOW)
        make_live(session, name, NOW + timedelta(minutes=next(_numbers)))
    return names[0]


def a_person(session: Session, town: Municipality) -> Made:
    return kept(session, Person(municipality_id=town.id, client_number=f"nr{next(_numbers)}", created_at=NOW))


def a_code(session: Session, town: Municipality) -> Made:
    person, lookup = a_person(session, town), f"code{next(_numbers)}"
    made = LinkCode(
        municipality_id=town.id, person_id=person, lookup=lookup, made_at=NOW, expires_at=NOW + timedelta(days=7)
    )
    return kept(session, made)


def a_contact(session: Session, town: Municipality) -> Made:
    """A chat that is somebody's."""
    contact = session.get_one(ContactPoint, build_conversation(session, town).contact_point_id)
    contact.person_id, contact.linked_at = int(a_person(session, town)), NOW
    return contact.id


def a_task(session: Session, town: Municipality) -> Made:
    return add_task(session, town.id, TaskKind.NO_ANSWER, f"taak{next(_numbers)}", NOW).id


def an_appointment(session: Session, town: Municipality) -> Made:
    """Of somebody, tomorrow; `set_outcome` tries one that has begun in a test of its own."""
    ends_at = NOW + timedelta(days=1, hours=1)
    made = Appointment(
        municipality_id=town.id, public_id=f"afspraak{next(_numbers)}", person_id=int(a_person(session, town)),
        programme="contactgesprek", account_id=a_colleague(session, town), channel=MeetingChannel.PHONE,
        begins_at=NOW + timedelta(days=1), ends_at=ends_at, blocked_from=NOW + timedelta(days=1),
        blocked_until=ends_at, state=AppointmentState.BOOKED, needs={}, created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    return kept(session, made)


def an_agreement(session: Session, town: Municipality) -> Made:
    made = Agreement(
        municipality_id=town.id, person_id=int(a_person(session, town)), side=Side.RESIDENT, text="een cv", noted_at=NOW
    )  # fmt: skip
    return kept(session, made)


def a_period(session: Session, town: Municipality) -> Made:
    begins_on = NOW.date()
    made = SearchPeriod(
        municipality_id=town.id, person_id=int(a_person(session, town)), begins_on=begins_on,
        ends_on=begins_on + timedelta(days=27), made_at=NOW,
    )  # fmt: skip
    return kept(session, made)


def an_invitation(session: Session, town: Municipality) -> Made:
    made = Invitation(
        municipality_id=town.id, person_id=int(a_person(session, town)), programme="contactgesprek",
        due_on=NOW.date(), state=InvitationState.DUE, created_at=NOW,
    )  # fmt: skip
    return kept(session, made)


def a_stretch(session: Session, town: Municipality) -> Made:
    account = a_colleague(session, town)
    made = WorkingHours(
        municipality_id=town.id, account_id=account, weekday=0, begins=time(9), ends=time(12), channels=[]
    )
    return kept(session, made)


def an_absence(session: Session, town: Municipality) -> Made:
    account, ends_at = a_colleague(session, town), NOW + timedelta(days=2)
    return kept(
        session,
        TimeOff(municipality_id=town.id, account_id=account, kind=TimeOffKind.LEAVE, begins_at=NOW, ends_at=ends_at),
    )


def a_location(session: Session, town: Municipality) -> Made:
    return kept(session, Location(municipality_id=town.id, name=f"Plek {next(_numbers)}", address="Markt 1"))


def a_room(session: Session, town: Municipality) -> Made:
    return kept(session, Room(municipality_id=town.id, location_id=a_location(session, town), name="Kamer 1"))


def a_colleague(session: Session, town: Municipality) -> int:
    return build_account(session, town, Role.CASEWORKER, login=f"voorbeeld{next(_numbers)}").id


def a_programme(session: Session, town: Municipality) -> Made:
    held = session.get_one(Municipality, town.id)
    key = f"gesprek_{next(_numbers)}"
    made = TALK | {"key": key, "name": {"nl": key, "en": key}}
    held.settings = held.settings | {"programmes": [*held.settings.get("programmes", ())[-5:], made]}
    return key


def kept(session: Session, made: Any) -> int:
    session.add(made)
    session.flush()
    return int(made.id)


# By the name of the parameter in a path: makes a new one in a municipality, and gives what stands in its address.
MAKERS: dict[str, Callable[[Session, Municipality], Made]] = {
    "account": an_account,
    "conversation": a_conversation,
    "callback": a_callback,
    "topic": a_topic,
    "calculation": a_calculation,
    "run": a_run,
    "version": a_version,
    "person": a_person,
    "code": a_code,
    "contact": a_contact,
    "task": a_task,
    "appointment": an_appointment,
    "agreement": an_agreement,
    "period": a_period,
    "invitation": an_invitation,
    "stretch": a_stretch,
    "absence": an_absence,
    "location": a_location,
    "room": a_room,
    "programme": a_programme,
    "setting": lambda _session, _town: "pay_date",
}
# What all municipalities have together.
EVERYBODYS = {"run", "version", "setting"}
# What a form needs to succeed, by deed; without an entry an empty form does. `#` becomes a new number.
FORMS: dict[str, dict[str, str]] = {
    "add_account": {"login": "els#@voorbeeld.test", "naam": "Els", "getoond": "Els", "rol_editor": "1"},
    "name_account": {"naam": "Els", "getoond": "Els"},
    "set_roles": {"rol_editor": "1"},
    "look_at_answer": {"van": "2026-11-23", "nl_answer": "Dat mag."},
    "cancel_appointment": {"versie": "1"},
    "note_agreement": {"wat": "een cv maken", "wie": "resident"},
    "search_period_started": {"begint": "2026-11-24"},
    "add_person": {"nummer": "nieuw#"},
    "add_hours": {"dag_0": "1", "van": "09:00", "tot": "12:30"},
    "add_time_off": {"soort": "leave", "dag": "2026-12-24"},
    "add_location": {"naam": "Stadhuis #", "adres": "Markt 1"},
    "change_location": {"naam": "Stadhuis #", "adres": "Markt 1"},
    "add_room": {"kamer": "Kamer #", "stoelen": "4"},
    "add_examples": {"zinnen": "zin # van een inwoner"},
}
# Pages that only somebody of the national library sees.
OF_LIBRARY: set[str] = {"add_examples", "move_examples", "remove_examples", "ask_training", "ask_roll_back"}
# Deeds that no ordinary form can show, with the test that holds them.
ELSEWHERE = {
    "change_password": "test_own.py",
    "change_second_factor": "test_own.py",
    # Who does it has to have the conversation.
    **dict.fromkeys(("reply", "snooze", "give_back", "close"), "test_conversation_deeds.py"),
    "call_off_answer": "test_answers.py",
    "go_back_to_national_text": "test_answers.py",
    "move_examples": "test_examples.py",
    # Of a conversation that has begun, and to a time that is free.
    **dict.fromkeys(("set_outcome", "book_appointment", "move_appointment", "open_group"), "test_agenda.py"),
    "remove_examples": "test_examples.py",
    # It names the mark of what was seen.
    "look_at_programme": "test_programmes.py",
    # Of somebody who has a chat, in a municipality that has programmes.
    **dict.fromkeys(("documents_reminder", "review_reminder", "income_reminder", "note_held"), "test_reminding.py"),
    "invite_after_all": "test_invitations.py",
    "all_were_there": "test_group.py",
}


def town_for(office: Office, page: Page) -> Municipality:
    return office.library if page.deed in OF_LIBRARY else office.town


def address_of(office: Office, page: Page, town: Municipality) -> str:
    """`/beheer/accounts/{account:int}` with the number of a new one of this municipality."""
    address = page.path
    with office.database.writing() as session:
        for kind in page.param_convertors:
            assert kind in MAKERS, f"{page.path}: nothing in MAKERS makes a {kind}"
            made = str(MAKERS[kind](session, town))
            address = address.replace(f"{{{kind}:int}}", made).replace(f"{{{kind}}}", made)
    return address


def form_of(page: Page) -> dict[str, str]:
    return {name: value.replace("#", str(next(_numbers))) for name, value in FORMS.get(page.deed, {}).items()}
