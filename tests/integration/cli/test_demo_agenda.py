"""The first run fills an agenda for each municipality of the example, and tells one linking code for each, once."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

import cli.demo_agenda
from cli.demo_agenda import make_demo_agenda
from cli.inviting import Inviting
from cli.settings import read_settings
from cli.wiring import Wiring, wire
from db.models import (
    Appointment,
    Invitation,
    InvitationState,
    Location,
    Municipality,
    Person,
    Role,
    StaffTask,
    TaskKind,
)
from db.session import Database
from services.content.read import read_content
from services.content.store import import_content
from services.municipalities import list_municipalities
from services.people.link import use_code
from tests.agenda import build_chat
from tests.builders import CONTENT, build_account

SUNDAY = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def wiring(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    monkeypatch.setattr(cli.demo_agenda, "now", lambda: SUNDAY)
    address = database.engine.url.render_as_string(hide_password=False)
    opened = wire(read_settings({"TREDE_DATA_DIR": str(tmp_path), "TREDE_DATABASE_URL": address}))
    content = replace(read_content(CONTENT), topics=(), own=())
    with database.writing() as session:
        import_content(session, content)
        for town in list_municipalities(session):
            build_account(session, town, Role.CASEWORKER, demo=True)
    yield opened
    opened.database.close()


def counted(wiring: Wiring, *records: type[Appointment] | type[Location] | type[Person]) -> list[int | None]:
    with wiring.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(one)) for one in records]


def codes_in(told: list[str]) -> dict[str, str]:
    return {line.split()[0]: line.split()[2] for line in told if "VOORBEELD-" in line}


def test_each_municipality_gets_an_agenda_and_a_code_told_once(wiring: Wiring) -> None:
    first: list[str] = []
    make_demo_agenda(wiring, first.append)
    again: list[str] = []
    make_demo_agenda(wiring, again.append)

    assert set(codes_in(first)) == {"groningen", "heerenveen", "pijnacker-nootdorp"}
    assert again == []
    assert counted(wiring, Location, Person, Appointment) == [3, 12, 6]


def test_on_the_internet_nothing_is_made_up(wiring: Wiring) -> None:
    public = replace(wiring, settings=replace(wiring.settings, public_url="https://trede.example.nl"))
    make_demo_agenda(public, lambda _line: None)

    assert counted(wiring, Location, Person) == [0, 0]


def test_who_types_the_code_is_invited(wiring: Wiring) -> None:
    told: list[str] = []
    make_demo_agenda(wiring, told.append)
    with wiring.database.writing() as session:
        person = session.scalars(select(Person).order_by(Person.id)).first()
        assert person is not None
        town = session.get_one(Municipality, person.municipality_id)
        use_code(session, wiring.keys, build_chat(session, town), codes_in(told)[town.slug], MONDAY)
    asyncio.run(Inviting(wiring.database, lambda: MONDAY).see_to_all())

    with wiring.database.reading() as session:
        invited = session.scalars(select(Invitation).where(Invitation.person_id == person.id)).all()
        kinds = set(session.scalars(select(StaffTask.kind)))
    assert InvitationState.INVITED in [one.state for one in invited]
    assert TaskKind.OUTCOME_MISSING in kinds
