"""The staff's pages of two municipalities and the library, with somebody signed in for every role."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from benefits.figures import load_figures
from db.models import Account, AuditEntry, Municipality, Role
from db.session import Database
from pages.live import Live
from portal.app import PortalDoor, portal_routes
from services.keys import Keys
from services.municipalities import library
from services.staff_sessions import open_session
from tests.builders import build_account, build_keys, build_municipality, build_phrases
from tests.conftest import Clock
from tests.integration.portal.browser import StaffBrowser, open_browser


@dataclass
class Office:
    """`voorbeeldstad` and `buurstad`; the records of a test are made with `database.writing()`."""

    door: PortalDoor
    app: Starlette
    runner: asyncio.Runner
    clock: Clock
    town: Municipality
    stranger: Municipality
    library: Municipality
    woken: list[int] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.door.database

    @property
    def keys(self) -> Keys:
        return self.door.keys

    def nobody(self, address: str = "") -> StaffBrowser:
        return open_browser(self.app, self.runner, self.keys, address=address)

    def add(self, *roles: Role, town: Municipality | None = None, **fields: object) -> Account:
        with self.database.writing() as session:
            return build_account(session, town or self.town, *roles, **fields)  # type: ignore[arg-type]

    def sign_in(self, account: Account, proven: bool = True) -> StaffBrowser:
        """A session as it is after all steps; not `proven`: after the password only."""
        with self.database.writing() as session:
            token = open_session(session, self.keys, account, self.clock(), proven=proven)
        return open_browser(self.app, self.runner, self.keys, token)

    def staff(self, *roles: Role, town: Municipality | None = None) -> StaffBrowser:
        """Somebody new with these roles, signed in."""
        number = len(self.entries()) + len(self.accounts())
        return self.sign_in(self.add(*roles, town=town, login=f"collega{number}"))

    def accounts(self) -> list[Account]:
        with self.database.reading() as session:
            return list(session.scalars(select(Account).order_by(Account.id)))

    def entries(self, deed: str | None = None) -> list[AuditEntry]:
        """The audit log, of all municipalities."""
        with self.database.reading() as session:
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [entry for entry in entries if deed in (None, entry.deed)]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def office(database: Database, clock: Clock, runner: asyncio.Runner) -> Office:
    woken: list[int] = []
    forgotten: list[str] = []
    door = PortalDoor(
        database=database, keys=build_keys(), figures=load_figures(), clock=clock, secure_cookies=False,
        live=Live(database, interval=0.2), wake=woken.append, forget=forgotten.append,
    )  # fmt: skip
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session, contact={"phone": "14 0123"})
        stranger = build_municipality(session, "buurstad", "Buurstad")
        national = library(session)
    app = Starlette(routes=portal_routes(door))
    return Office(door, app, runner, clock, town, stranger, national, woken, forgotten)


@pytest.fixture(autouse=True)
def short_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client of these tests reads a response to its end."""
    monkeypatch.setattr("portal.conversations_stream.LONGEST", 0.0)


@pytest.fixture
def caseworker(office: Office) -> StaffBrowser:
    return office.staff(Role.CASEWORKER)


@pytest.fixture
def editor(office: Office) -> StaffBrowser:
    """Of the national library."""
    return office.staff(Role.EDITOR, town=office.library)


@pytest.fixture
def administrator(office: Office) -> StaffBrowser:
    return office.staff(Role.ADMINISTRATOR)
