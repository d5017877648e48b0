"""The page of the list: for everybody, narrow and wide, in the dark, on paper, and without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.measures import mouse_only, overflow, too_small, violations

PATH = "/voorbeeldstad/checklist"


def check(page: Page) -> None:
    assert overflow(page) == 0
    assert too_small(page) == []
    assert mouse_only(page) == []
    assert violations(page) == []


def make(page: Page) -> None:
    """A list with a day, a tick, a reminder, and everything open that can be opened."""
    page.get_by_role("button", name="Maak mijn lijst").click()
    page.get_by_label("Op welke dag begint u?").fill((datetime.now(UTC).date() + timedelta(days=21)).isoformat())
    page.get_by_role("button", name="Bewaar deze dag").click()
    page.get_by_role("button", name=re.compile("Afvinken.*reiskosten")).click()
    page.locator("#report_work summary").click()
    page.locator("#report_work").get_by_role("button", name="Herinner mij").click()
    expect(page.get_by_text("1 van de 9 punten klaar")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(320, "light", False), (360, "dark", True), (1280, "light", True)]
)
def test_a_list_is_accessible_however_it_is_looked_at(
    open_page: OpenPage, width: int, scheme: str, scripts: bool
) -> None:
    page = open_page(PATH, width=width, scheme=scheme, scripts=scripts)
    check(page)
    make(page)
    check(page)
    if scripts:
        for closed in page.locator("details summary").all():
            closed.click()
        check(page)


def test_it_reads_from_right_to_left_without_running_out_of_the_page(open_page: OpenPage) -> None:
    page = open_page(PATH, width=320)
    make(page)
    page.evaluate("document.documentElement.dir = 'rtl'")

    assert overflow(page) == 0


def test_on_paper_there_is_the_list_and_nothing_to_press(open_page: OpenPage) -> None:
    page = open_page(PATH)
    make(page)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Stuur uw eerste loonstrook op")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
