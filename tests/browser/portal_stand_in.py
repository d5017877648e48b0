"""The staff's pages and the chat on one real server, and pages on which somebody of the staff is signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.routing import Mount

from benefits.figures import load_figures
from bot.channels.web.app import make_app
from db.models import Account, Municipality, Role
from db.session import Database
from portal.app import PortalDoor, portal_routes
from services.municipalities import library
from services.staff_sessions import open_session
from tests.browser.stand_in import Turn, build_door, listening, now
from tests.builders import (
    build_account,
    build_database,
    build_keys,
    build_municipality,
    build_phrases,
    build_topic,
)

type StaffPage = Callable[..., Page]


@dataclass
class Portal:
    """`town` is Voorbeeldstad; `turn` answers what residents ask in its chat."""

    address: str
    database: Database
    turn: Turn
    door: PortalDoor
    town: Municipality
    stranger: Municipality
    library: Municipality

    def account(self, *roles: Role, town: Municipality | None = None, **fields: object) -> Account:
        with self.database.writing() as session:
            return build_account(session, town or self.town, *roles, **fields)  # type: ignore[arg-type]

    def session_of(self, account: Account, proven: bool = True) -> str:
        """The token of a session; not `proven`: after the password only."""
        with self.database.writing() as session:
            return open_session(session, self.door.keys, account, now(), proven=proven)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "work_income_effect", "Wat houd ik over")
        build_topic(session, "what_to_report", "Wat moet ik doorgeven?")
        town = build_municipality(session, contact={"phone": "14 0123"})
        stranger = build_municipality(session, "buurstad", "Buurstad")
        national = library(session)
    web, turn = build_door(database, build_keys())
    door = PortalDoor(
        database=database, keys=build_keys(), figures=load_figures(), clock=now, secure_cookies=False, live=web.live,
        wake=web.live.ring, forget=turn.forgotten.append,
    )  # fmt: skip
    with listening(Starlette(routes=[*portal_routes(door), Mount("/", make_app(web))])) as address:
        yield Portal(address, database, turn, door, town, stranger, national)
    database.close()


@pytest.fixture
def staff_page(browser: Browser, portal: Portal) -> Iterator[StaffPage]:
    """`staff_page(Role.CASEWORKER, path="/gesprekken", width=320)`: somebody new with these roles, signed in."""
    with ExitStack() as stack:
        yield lambda *roles, **how: _open(browser, portal, stack, *roles, **how)


def _open(
    browser: Browser,
    portal: Portal,
    stack: ExitStack,
    *roles: Role,
    path: str = "/",
    account: Account | None = None,
    town: Municipality | None = None,
    signed_in: bool = True,
    width: int = 1280,
    height: int = 800,
    js: bool = True,
    scripts: bool = True,
    scheme: str = "light",
) -> Page:
    """`scripts=False` is a page as without JavaScript, that a test can still measure with scripts of its own."""
    context = browser.new_context(
        base_url=portal.address,
        viewport={"width": width, "height": height},
        java_script_enabled=js,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    stack.callback(context.close)
    context.set_default_timeout(8_000)
    if not scripts:
        context.route("**/*.js", lambda route: route.abort())
    if signed_in:
        name = f"collega{len(browser.contexts)}-{'-'.join(roles)}"
        token = portal.session_of(account or portal.account(*roles, town=town, login=name))
        context.add_cookies([{"name": "trede_staf", "value": token, "url": portal.address, "sameSite": "Strict"}])
    page = context.new_page()
    page.goto(f"/portal{path}")
    return page
