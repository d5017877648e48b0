"""`trede user ...`, and the accounts of the example that the first run makes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from cli.demo import make_demo_accounts
from cli.main import main
from cli.settings import read_settings
from cli.wiring import Wiring, wire
from db.models import Account, AuditEntry, Role
from services.audit import verify_chain
from services.municipalities import library
from services.passwords import compare
from tests.builders import NOW, build_account, build_database, build_municipality

type Trede = Callable[..., str]


@pytest.fixture
def wiring(tmp_path: Path) -> Iterator[Wiring]:
    database = build_database(tmp_path)
    with database.writing() as session:
        library(session)
        build_municipality(session, "heerenveen", "Heerenveen")
        build_municipality(session, "groningen", "Groningen")
        build_municipality(session, "echt", "Echt", example=False)
    database.close()
    opened = wire(read_settings({"TREDE_DATA_DIR": str(tmp_path), "TREDE_DATABASE_URL": str(database.engine.url)}))
    yield opened
    opened.database.close()


@pytest.fixture
def trede(wiring: Wiring) -> Trede:
    """A command, and what it says."""
    env = {"TREDE_DATA_DIR": str(wiring.settings.data_dir), "TREDE_DATABASE_URL": wiring.settings.database_url}
    return lambda *words: CliRunner().invoke(main, ["user", *words], env=env).output


def accounts(wiring: Wiring) -> dict[str, Account]:
    with wiring.database.reading() as session:
        return {account.login: account for account in session.scalars(select(Account).order_by(Account.id))}


def add(trede: Trede, login: str = "els@heerenveen.test", town: str = "heerenveen", role: str = "editor") -> str:
    return trede("add", "--municipality", town, "--login", login, "--name", "Els Bos", "--role", role)


def told_password(text: str) -> str:
    found = re.search(r"wachtwoord +([a-z0-9-]{19})", text)
    assert found, text
    return found[1]


def test_an_account_gets_a_password_that_is_told_and_has_to_be_changed(trede: Trede, wiring: Wiring) -> None:
    password = told_password(add(trede))
    els = accounts(wiring)["els@heerenveen.test"]

    assert compare(els.password_hash, password).right
    assert els.one_time_until is not None
    assert not els.demo
    assert (els.shown_as, els.roles) == ("Els", ["editor"])


def test_an_editor_of_the_library_can_be_made(trede: Trede, wiring: Wiring) -> None:
    add(trede, town="landelijk")

    with wiring.database.writing() as session:
        assert accounts(wiring)["els@heerenveen.test"].municipality_id == library(session).id


@pytest.mark.parametrize(
    ("login", "town", "told"),
    [("els", "nergens", "There is no municipality 'nergens'"), ("els bos", "heerenveen", "e-mail address or one word")],
)
def test_what_cannot_be_is_told_in_a_sentence(trede: Trede, wiring: Wiring, login: str, town: str, told: str) -> None:
    assert told in add(trede, login, town)
    assert accounts(wiring) == {}


def test_a_reset_gives_another_password_and_can_take_the_app_away(trede: Trede, wiring: Wiring) -> None:
    old = told_password(add(trede))
    with wiring.database.writing() as session:
        session.scalars(select(Account)).one().totp_since = NOW
    new = told_password(trede("reset", "els@heerenveen.test"))
    els = accounts(wiring)["els@heerenveen.test"]
    assert (compare(els.password_hash, old).right, compare(els.password_hash, new).right) == (False, True)
    assert els.totp_since is not None
    trede("reset", "ELS@heerenveen.test", "--second-factor")
    assert accounts(wiring)["els@heerenveen.test"].totp_since is None


def test_blocking_and_letting_in_again(trede: Trede, wiring: Wiring) -> None:
    add(trede)
    assert "geblokkeerd" in trede("block", "els@heerenveen.test")
    assert "geblokkeerd" in trede("list", "--municipality", "heerenveen")
    assert trede("list", "--municipality", "groningen") == ""
    trede("unblock", "els@heerenveen.test")
    assert "geblokkeerd" not in trede("list")
    assert "trede user list" in trede("block", "niemand")


def test_what_is_done_at_the_machine_stands_in_the_log_of_the_municipality(trede: Trede, wiring: Wiring) -> None:
    add(trede)
    trede("block", "els@heerenveen.test")
    with wiring.database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()

        assert [(entry.deed, entry.account_id, entry.detail["by"]) for entry in entries] == [
            ("add_account", None, "terminal"),
            ("block_account", None, "terminal"),
        ]
        assert verify_chain(session, entries[0].municipality_id).whole


def test_the_first_run_makes_the_accounts_of_the_example_and_tells_their_passwords_once(wiring: Wiring) -> None:
    first: list[str] = []
    make_demo_accounts(wiring, first.append)
    again: list[str] = []
    make_demo_accounts(wiring, again.append)
    made = accounts(wiring)

    assert {login: account.roles for login, account in made.items()} == {
        "klantmanager@heerenveen": ["caseworker"],
        "klantmanager@groningen": ["caseworker"],
        "redacteur@landelijk": ["editor"],
        "beheerder@heerenveen": ["administrator"],
    }
    assert all(account.demo and account.one_time_until is None for account in made.values())
    told = dict(line.split() for line in first if "@" in line)
    assert all(compare(made[login].password_hash, password).right for login, password in told.items())
    assert again == []


def test_where_somebody_has_an_account_or_the_internet_can_come_no_example_is_made(wiring: Wiring) -> None:
    told: list[str] = []
    public = replace(wiring, settings=replace(wiring.settings, public_url="https://trede.example.nl"))
    make_demo_accounts(public, told.append)
    assert "trede user add" in told[0]
    with wiring.database.writing() as session:
        build_account(session, build_municipality(session, "daar", "Daar"), Role.EDITOR)
    make_demo_accounts(wiring, told.append)
    assert len(accounts(wiring)) == 1


def test_without_a_municipality_of_the_example_there_are_no_accounts_of_it(tmp_path: Path) -> None:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_municipality(session, "echt", "Echt", example=False)
    opened = wire(read_settings({"TREDE_DATA_DIR": str(tmp_path), "TREDE_DATABASE_URL": str(database.engine.url)}))
    make_demo_accounts(opened, lambda _line: None)

    assert accounts(opened) == {}
    opened.database.close()
    database.close()
