"""One object of every kind that pages of the staff are about. A new kind of page adds its own here."""

import itertools
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from db.models import CallbackRequest, Municipality, Role
from portal.guard import Page
from services.model_versions import keep_version, make_live
from services.publication import ask_training, run_under_way
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


# By the name of the parameter in a path: makes a new one in a municipality, and gives what stands in its address.
MAKERS: dict[str, Callable[[Session, Municipality], Made]] = {
    "account": an_account,
    "conversation": a_conversation,
    "callback": a_callback,
    "topic": a_topic,
    "calculation": a_calculation,
    "run": a_run,
    "version": a_version,
}
# What all municipalities have together.
EVERYBODYS = {"run", "version"}
# What a form needs to succeed, by deed; without an entry an empty form does. `#` becomes a new number.
FORMS: dict[str, dict[str, str]] = {
    "add_account": {"login": "els#@voorbeeld.test", "naam": "Els", "getoond": "Els", "rol_editor": "1"},
    "name_account": {"naam": "Els", "getoond": "Els"},
    "set_roles": {"rol_editor": "1"},
    "look_at_answer": {"van": "2026-11-23", "nl_answer": "Dat mag."},
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
    "remove_examples": "test_examples.py",
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
