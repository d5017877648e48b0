"""A real browser, and a real server with a scripted turn."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.portal_stand_in import portal, staff_page
from tests.browser.stand_in import Served, build_door, served
from tests.builders import build_database, build_keys, build_municipality, build_phrases, build_topic

__all__ = ["portal", "staff_page"]

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")

type OpenPage = Callable[..., Page]


def executable() -> str | None:
    """The browser of this machine; None lets playwright look for its own."""
    return os.environ.get("TREDE_TEST_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="package")  # playwright keeps an event loop of its own running until it is closed
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=8_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "work_income_effect", "Wat houd ik over")
        build_topic(session, "what_to_report", "Wat moet ik doorgeven?")
        build_municipality(session, colour="#34459a", contact={"phone": "14 0123"})
        build_municipality(session, "pijnacker-nootdorp", "Pijnacker-Nootdorp")
    door, turn = build_door(database, build_keys())
    with served(door, turn) as running:
        yield running
    database.close()


@pytest.fixture
def open_page(browser: Browser, site: Served) -> Iterator[OpenPage]:
    """`open_page("/voorbeeldstad", width=320, js=False)`: each time a browser that was never here before."""
    with ExitStack() as stack:
        yield lambda path="/voorbeeldstad", **how: _open(browser, site, stack, path, **how)


def _open(
    browser: Browser,
    site: Served,
    stack: ExitStack,
    path: str,
    width: int = 360,
    height: int = 740,
    js: bool = True,
    scheme: str = "light",
    scripts: bool = True,
) -> Page:
    """`scripts=False` is a page as without JavaScript, that a test can still measure with scripts of its own."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": width, "height": height},
        java_script_enabled=js,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    stack.callback(_close, context)
    context.set_default_timeout(8_000)
    if not scripts:
        context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(path)
    return page


def _close(context: BrowserContext) -> None:
    context.close()
