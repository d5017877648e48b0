"""A person takes over: the resident sees who talks, at once, and so does somebody who does not see the page."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from db.models import Account, Conversation, Municipality, Role
from services import hand_over
from tests.browser.chat_page import ask, expect_message, numbers
from tests.browser.conftest import OpenPage
from tests.browser.measures import mouse_only, overflow, too_small, violations
from tests.browser.stand_in import Served
from tests.builders import build_account


@pytest.fixture
def sanne(site: Served) -> Account:
    with site.door.database.writing() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()
        return build_account(session, town, Role.CASEWORKER, shown_as="Sanne")


def do(site: Served, deed: Callable[..., Any], *more: Any) -> None:
    """What a colleague does with the newest conversation, in another process: nobody rings."""
    with site.door.database.writing() as session:
        newest = session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1)).one()
        deed(session, newest, *more, datetime.now(UTC))


def with_sanne(site: Served, page: Page, sanne: Account) -> None:
    """A conversation with everything that a hand-over can bring."""
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    do(site, hand_over.take_over, sanne)
    do(site, hand_over.reply, sanne, "Dag, ik ben Sanne. Ik kijk even met u mee.", "1")


def test_a_colleague_comes_in_by_itself_with_a_line_across_the_page_and_a_name(
    open_page: OpenPage, site: Served, sanne: Account
) -> None:
    page = open_page()
    with_sanne(site, page, sanne)

    expect(page.locator("#m6.bericht--streep")).to_contain_text("Medewerker Sanne doet nu mee. De chatbot is stil.")
    expect_message(page, 7, "Dag, ik ben Sanne.")
    expect(page.locator("#m7.bericht--mens .bel__naam")).to_have_text("Medewerker Sanne:")
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7]


def test_both_write_and_the_chatbot_is_silent_until_it_is_given_back(
    open_page: OpenPage, site: Served, sanne: Account
) -> None:
    page = open_page()
    with_sanne(site, page, sanne)
    expect_message(page, 7, "Dag, ik ben Sanne.")
    ask(page, "dank u")
    expect_message(page, 8, "dank u")
    do(site, hand_over.reply, sanne, "Graag gedaan.", "2")
    expect_message(page, 9, "Graag gedaan.")
    do(site, hand_over.give_back, sanne)
    expect(page.locator("#m10.bericht--streep")).to_contain_text("U praat weer met de chatbot.")
    ask(page, "en nu?")
    expect_message(page, 12, "U vroeg: en nu?")

    assert numbers(page) == list(range(1, 13))


def test_after_closing_the_next_line_begins_a_new_conversation_on_the_same_page(
    open_page: OpenPage, site: Served, sanne: Account
) -> None:
    page = open_page()
    with_sanne(site, page, sanne)
    do(site, hand_over.close, sanne)
    expect(page.locator("#m8.bericht--streep")).to_contain_text("heeft het gesprek afgesloten")
    ask(page, "nog een vraag")
    expect_message(page, 5, "U vroeg: nog een vraag")

    assert numbers(page) == [1, 2, 3, 4, 5]
    assert page.locator(".bericht--streep").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_it_is_accessible(open_page: OpenPage, site: Served, sanne: Account, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)
    with_sanne(site, page, sanne)
    expect_message(page, 7, "Dag, ik ben Sanne.")

    assert (overflow(page), too_small(page), mouse_only(page), violations(page)) == (0, [], [], [])


def test_without_javascript_the_page_says_that_a_person_has_the_chat(
    open_page: OpenPage, site: Served, sanne: Account
) -> None:
    page = open_page(scripts=False)
    with_sanne(site, page, sanne)
    page.reload()

    expect(page.locator(".wachten")).to_contain_text("Een medewerker heeft dit gesprek.")
    expect_message(page, 7, "Dag, ik ben Sanne.")
    assert violations(page) == []
