"""`trede person`: a file of people is read as a whole, told line by line what is wrong, and kept wholly or not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

import cli.command
from cli.main import main
from cli.settings import read_settings
from cli.wiring import wire
from db.models import Invitation, InvitationState, Person, Perspective, Role
from db.session import Database
from tests.agenda import build_town
from tests.builders import build_account

HEAD = "client_number,perspective,benefit,caseworker,contactgesprek"


@pytest.fixture
def trede(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A command on this database, and what it says."""
    with database.writing() as session:
        build_account(session, build_town(session, months=18), Role.CASEWORKER, login="anna@stad.test")
    opened = wire(read_settings({"TREDE_DATA_DIR": str(tmp_path)}))
    opened.database.close()
    monkeypatch.setattr(cli.command, "_wire", lambda: replace(opened, database=database))
    return lambda *words: CliRunner().invoke(main, ["person", *words, "--municipality", "voorbeeldstad"]).output


@pytest.fixture
def load(trede: Callable[..., str], tmp_path: Path) -> Callable[[str], str]:
    def run(text: str) -> str:
        file = tmp_path / "people.csv"
        file.write_text(text, encoding="utf-8-sig")
        return trede("import", str(file))

    return run


def people(database: Database) -> list[Person]:
    with database.reading() as session:
        return list(session.scalars(select(Person).order_by(Person.id)))


def test_people_are_added_with_what_is_known_of_them(database: Database, load: Callable[[str], str]) -> None:
    told = load(f"{HEAD}\nK-1,werken_aan,ioaw,Anna@stad.test,2025-06-01\nK-2,,,,\n\n")

    first, second = people(database)
    with database.reading() as session:
        held = session.scalars(select(Invitation)).one()
    assert "2 mensen toegevoegd" in told
    assert (first.client_number, first.perspective, first.benefit) == ("K-1", Perspective.WERKEN_AAN, "ioaw")
    assert first.caseworker_id is not None
    assert (held.person_id, held.due_on, held.state) == (first.id, date(2025, 6, 1), InvitationState.DONE)
    assert (second.perspective, second.benefit, second.caseworker_id) == (None, "algemeen", None)


def test_a_file_out_of_a_dutch_spreadsheet_has_semicolons(database: Database, load: Callable[[str], str]) -> None:
    load("client_number;born_on\nK-1;1980-02-29\n")

    assert [one.born_on for one in people(database)] == [date(1980, 2, 29)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("K-3,thuis,,,", "line 3: perspective: 'thuis' is none of werken, werken_aan, meedoen"),
        ("K-3,,bijstand,,", "line 3: benefit: 'bijstand' is none of"),
        ("K-3,,,piet,", "line 3: caseworker: there is no caseworker 'piet'"),
        ("K-3,,,,1-6-2025", "line 3: contactgesprek: '1-6-2025' is no day; write it as"),
        ("K-3,,,,2099-01-01", "line 3: contactgesprek: 2099-01-01 is still to come"),
        ("K-1,,,,", "line 3: client_number: 'K-1' is there already"),
        (",werken,,,", "line 3: client_number: has to have 1 to 40 characters"),
        ("K-3,,,,,,", "line 3: has more columns than the head"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nobody_is_added(
    database: Database, load: Callable[[str], str], row: str, told: str
) -> None:
    said = load(f"{HEAD}\nK-1,,,,\n{row}\n")

    assert told in said
    assert people(database) == []


def test_a_mistyped_column_is_refused(database: Database, load: Callable[[str], str]) -> None:
    assert "perspectief: no such column" in load("client_number,perspectief\nK-1,werken\n")
    assert people(database) == []


def test_a_file_of_bsns_is_refused(database: Database, load: Callable[[str], str]) -> None:
    said = load("client_number\n111222333\n123456782\n")

    assert "look like BSNs" in said
    assert "111222333" not in said
    assert people(database) == []


def test_one_person_is_added_by_hand(database: Database, trede: Callable[..., str]) -> None:
    assert "toegevoegd" in trede("add", "--number", "K-9", "--last", "contactgesprek=2025-01-31")
    assert "is there already" in trede("add", "--number", "K-9")

    assert [one.client_number for one in people(database)] == ["K-9"]
