"""One object of every kind that pages of the staff are about. A new kind of page adds its own here."""

import itertools
from collections.abc import Callable

from sqlalchemy.orm import Session

from db.models import Municipality, Role
from portal.guard import Page
from tests.builders import build_account
from tests.integration.portal.conftest import Office

type Made = int | str

_numbers = itertools.count(1)


def an_account(session: Session, town: Municipality) -> Made:
    return build_account(session, town, Role.CASEWORKER, login=f"voorbeeld{next(_numbers)}").id


# By the name of the parameter in a path: makes a new one in a municipality, and gives what stands in its address.
MAKERS: dict[str, Callable[[Session, Municipality], Made]] = {"account": an_account}
# What a form needs to succeed, by deed; without an entry an empty form does. `#` becomes a new number.
FORMS: dict[str, dict[str, str]] = {
    "add_account": {"login": "els#@voorbeeld.test", "naam": "Els", "getoond": "Els", "rol_editor": "1"},
    "name_account": {"naam": "Els", "getoond": "Els"},
    "set_roles": {"rol_editor": "1"},
}
# Pages that only somebody of the national library sees.
OF_LIBRARY: set[str] = set()
# Deeds that no ordinary form can show, with the test that holds them.
ELSEWHERE = {"change_password": "test_own.py", "change_second_factor": "test_own.py"}


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
