"""Whatever residents and colleagues type is shown as the text it is, in a real browser, on every page that shows it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import Account, Channel, Conversation, Role
from pages.markup import BOLD
from services import hand_over
from services.conversation_list.rows import SAID_AT_MOST
from services.masking import mask
from services.receive import Inbound, receive
from services.tidy import tidy
from tests.browser.chat_page import ask, expect_message
from tests.browser.injections import CORPUS
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import now

TEXTS = "(all) => all.map((one) => one.textContent)"
INSIDE = "(all) => all.flatMap((one) => [...one.querySelectorAll('*')].map((inner) => inner.tagName))"
LINES = [mask(tidy(payload)).text for payload in CORPUS]
REPLIES = [mask(tidy(payload), keep=hand_over.MAY_STAND).text for payload in CORPUS]


@dataclass
class Watched:
    """What a page did that it should not."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._refuse)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda told: self.wrong.extend([told.text] * (told.type in ("error", "warning"))))
        self.page.on("request", lambda asked: self.wrong.extend([asked.url] * ("127.0.0.1" not in asked.url)))

    def _refuse(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def assert_harmless(self) -> None:
        assert self.wrong == []
        assert self.page.evaluate("window.broken") is None
        assert self.page.evaluate("location.host").startswith("127.0.0.1")


@pytest.fixture
def sanne(portal: Portal) -> Account:
    return portal.account(Role.CASEWORKER, login="sanne", name="Sanne", shown_as="Sanne")


@pytest.fixture
def resident(browser: Browser, portal: Portal) -> Iterator[Page]:
    with ExitStack() as stack:
        context = browser.new_context(base_url=portal.address, viewport={"width": 360, "height": 740})
        stack.callback(context.close)
        page = context.new_page()
        page.goto("/voorbeeldstad")
        yield page


def say(session: Session, portal: Portal, token: str, payload: str, at: datetime) -> Conversation:
    """As the page of that session would post it, at a moment of its own: nobody types two hundred lines a minute."""
    inbound = Inbound(Channel.WEB, token, at.isoformat(), payload)
    received = receive(session, portal.door.keys, portal.town, inbound, at)
    return session.get_one(Conversation, received.conversation_id)


def texts(page: Page, which: str) -> list[str]:
    found: list[str] = page.locator(which).evaluate_all(TEXTS)
    return found


def assert_only_text(page: Page, which: str, *allowed: str) -> None:
    inside: list[str] = page.locator(which).evaluate_all(INSIDE)
    assert set(inside) <= set(allowed)


def test_a_conversation_of_nothing_but_payloads_is_text_on_both_sides(
    resident: Page, staff_page: StaffPage, sanne: Account, portal: Portal
) -> None:
    watched = [Watched(resident)]
    ask(resident, "hallo")
    expect_message(resident, 5, "U vroeg: hallo")
    desk = staff_page(account=sanne, path="/gesprekken/1")
    watched.append(Watched(desk))
    desk.get_by_role("button", name="Overnemen").click()
    expect(desk.locator("#verstuur")).to_be_enabled()
    token = next(cookie["value"] for cookie in resident.context.cookies() if cookie["name"] == "trede")
    at = now()
    for batch in batched(enumerate(CORPUS), 20):
        with portal.database.writing() as session:
            for number, payload in batch:
                at += timedelta(seconds=10)
                conversation = say(session, portal, token, payload, at)
                hand_over.reply(session, conversation, session.merge(sanne), payload, str(number), at)
        portal.door.live.ring(conversation.id)
        last = f"#m{6 + 2 * (number + 1)}"
        expect(desk.locator(last)).to_be_attached(timeout=15_000)
        expect(resident.locator(last)).to_be_attached(timeout=15_000)

    lines, replies = ["hallo", *LINES], REPLIES
    assert texts(desk, ".gezegd--line .gezegd__tekst") == lines
    assert texts(desk, ".gezegd--staff .gezegd__tekst") == replies
    assert_only_text(desk, ".gezegd--line .gezegd__tekst, .gezegd--staff .gezegd__tekst", "P")
    shown = [BOLD.sub(r"\1", text) for text in replies]
    assert texts(resident, ".bericht--mens .bel__tekst") == shown
    assert_only_text(resident, ".bel__tekst", "P", "STRONG")
    desk.reload()
    assert texts(desk, ".gezegd--staff .gezegd__tekst") == replies[-100:]
    assert texts(desk, ".gezegd--line .gezegd__tekst") == lines[-100:]
    resident.reload()
    assert texts(resident, ".bericht--mens .bel__tekst") == shown
    for one in watched:
        one.assert_harmless()


def test_the_list_shows_every_payload_as_text_also_when_its_row_is_drawn_anew(
    staff_page: StaffPage, portal: Portal
) -> None:
    at = now()
    with portal.database.writing() as session:
        for number, payload in enumerate(CORPUS):
            say(session, portal, f"resident {number}".ljust(43, "x"), payload, at + timedelta(seconds=number))
    desk = staff_page(Role.CASEWORKER, path="/gesprekken")
    watched, seen = Watched(desk), list[str]()
    while True:
        seen += texts(desk, ".rij__zei")
        assert_only_text(desk, ".rij__zei")
        if not desk.locator("a[rel=next]").count():
            break
        desk.click("a[rel=next]")
    assert seen == [line[:SAID_AT_MOST] for line in reversed(LINES)]

    desk.evaluate("document.querySelectorAll('.rij').forEach((row) => row.setAttribute('data-oud', ''))")
    with portal.database.writing() as session:
        session.execute(update(Conversation).values(changed_at=now() + timedelta(hours=2), staff_seen_seq=1_000))
        first = session.scalars(select(Conversation.id)).first()
    portal.door.live.ring(first or 0)
    expect(desk.locator("[data-oud]")).to_have_count(0, timeout=15_000)
    assert texts(desk, ".rij__zei") == seen[-len(texts(desk, ".rij__zei")) :]
    assert_only_text(desk, ".rij__zei")
    watched.assert_harmless()


def test_what_is_searched_for_is_text_in_the_page_that_answers(staff_page: StaffPage) -> None:
    desk = staff_page(Role.CASEWORKER, path="/gesprekken")
    watched = Watched(desk)
    for payload in CORPUS[::6]:
        desk.goto(f"/portal/gesprekken?{urlencode({'zoek': payload, 'onderwerp': payload, 'kanaal': payload})}")
        field = desk.locator("#zoek")
        expect(field).to_have_value(tidy(payload.replace("\n", " "))[:200].strip())
    watched.assert_harmless()
