"""The pages about conversations in a real browser: everybody can use them, and nothing moves under one's hands."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from db.models import Account, CallbackRequest, Channel, ConversationState, MessageKind, MessageStatus, Role
from tests.browser.measures import walk
from tests.browser.portal_measures import check
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import ANSWER, now
from tests.conversations import build_conversation, build_message

HUMAN, WAITING = ConversationState.HUMAN, ConversationState.WAITING
SOON = 5_000
MINE, THEIRS, WITH_BOT, OVER = 1, 2, 3, 4


@pytest.fixture
def sanne(portal: Portal) -> Account:
    return portal.account(Role.CASEWORKER, Role.EDITOR, login="sanne", name="Sanne de Wit", shown_as="Sanne")


@pytest.fixture
def filled(portal: Portal, sanne: Account) -> Portal:
    """One conversation of each kind, with everything that can stand in one."""
    piet = portal.account(Role.CASEWORKER, login="piet", name="Piet Jansen", shown_as="Piet")
    at = now() - timedelta(hours=30)
    seen = {"understood": "wealth_limit", "model": "0c02866daa368f76", "revision": 1, "alternatives": [
        {"name": "wealth_limit", "confidence": 0.86}, {"name": "what_to_report", "confidence": 0.11},
        {"name": "work_income_effect", "confidence": 0.004},
    ]}  # fmt: skip
    with portal.database.writing() as session:
        held: dict[str, Any] = {
            "state": HUMAN,
            "at": at,
            "human_since": at,
            "topic": "wealth_limit",
            "channel": Channel.TELEGRAM,
        }
        mine = build_conversation(session, portal.town, "spaargeld", assigned_to=sanne.id, last_seq=6, **held)
        build_message(session, mine, 2, ANSWER.text, MessageKind.ANSWER, topic="wealth_limit", confidence=0.86,
                      detail=ANSWER.detail() | seen)  # fmt: skip
        build_message(session, mine, 3, "Medewerker Sanne doet nu mee.", MessageKind.NOTICE,
                      detail={"hand_over": "joined", "sender": "Sanne"})  # fmt: skip
        build_message(session, mine, 4, "Dag!", MessageKind.STAFF, status=MessageStatus.FAILED, failure="blocked",
                      detail={"sender": "Sanne"}, created_at=now())  # fmt: skip
        build_message(session, mine, 5, "mijn bsn is [bsn] " + "W" * 300, detail={"masked": ["bsn"]}, created_at=now())
        build_message(session, mine, 6, "مرحبا، عندي سؤال", language="ar", created_at=now())
        build_conversation(
            session,
            portal.town,
            "een auto",
            assigned_to=piet.id,
            **held | {"state": ConversationState.SNOOZED, "snoozed_until": now() + timedelta(hours=2)},
        )
        build_conversation(session, portal.town, "vakantie", at=at)
        build_conversation(session, portal.town, "dank u", at=at, state=ConversationState.CLOSED)
        waits = build_conversation(
            session, portal.town, "ik wil een mens spreken " * 20, state=WAITING, waiting_since=at, at=at
        )
        number = portal.door.keys.seal("06-12345678")
        for promised_by in (now() - timedelta(days=1), now() + timedelta(days=1)):
            asked = {"conversation_id": waits.id, "asked_at": at, "promised_by": promised_by, "sealed_phone": number}
            session.add(CallbackRequest(municipality_id=portal.town.id, **asked))
    return portal


PATHS = (
    "/gesprekken", "/gesprekken?toon=van-mij", "/gesprekken?toon=gesloten", "/gesprekken?zoek=boot", "/terugbellen",
    f"/gesprekken/{MINE}", f"/gesprekken/{THEIRS}", f"/gesprekken/{WITH_BOT}", f"/gesprekken/{OVER}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (360, "dark"), (800, "light"), (1280, "light"), (1280, "dark")]
)
def test_every_page_can_be_used_by_everybody(
    filled: Portal, sanne: Account, staff_page: StaffPage, width: int, scheme: str
) -> None:
    page = staff_page(account=sanne, width=width, scheme=scheme)
    for path in PATHS:
        page.goto(f"/portal{path}")
        for closed in page.locator("summary").all():
            if closed.is_visible():
                closed.click()
        check(page)


def test_without_scripts_nothing_is_missing(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, width=320, scripts=False)
    for path in PATHS:
        page.goto(f"/portal{path}")
        check(page)


@pytest.mark.parametrize("path", [f"/gesprekken/{MINE}", "/gesprekken", "/terugbellen"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    filled: Portal, sanne: Account, staff_page: StaffPage, path: str
) -> None:
    page = staff_page(account=sanne, path=path)
    page.evaluate("scrollTo(0, 0)")
    stops = walk(page, most=90)
    reached = " | ".join(stop["text"] for stop in stops)
    wanted = {
        "/terugbellen": ("Toon nummer", "Gebeld"),
        "/gesprekken": ("Hoeveel spaargeld", "Alle", "Zoek"),
    }.get(path, ("Verstuur", "Even wegleggen", "Teruggeven aan chatbot", "Sluiten", "86%"))
    assert [text for text in wanted if text not in reached] == []
    assert [stop["text"] for stop in stops if not stop["ring"]] == []
    assert [stop["text"] for stop in stops if not stop["seen"]] == []


def test_letters_of_twice_the_size_fit_at_320_pixels(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path=f"/gesprekken/{MINE}", width=320, height=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    page.locator("#verstuur").scroll_into_view_if_needed()
    expect(page.locator("#verstuur")).to_be_in_viewport()


def test_a_transcript_tells_what_lies_behind_an_answer(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path=f"/gesprekken/{MINE}")
    expect(page.locator("#m6")).to_be_in_viewport()
    page.click(".achter summary")
    behind = page.locator(".achter")
    for told in (
        "Hoeveel spaargeld, 86% (zeker)", "Wat moet ik doorgeven?, 11%", "Wat houd ik over, minder dan 1%",
        "nagekeken op 22 november 2026 door redactie Trede", "€\xa08.000 geldt vanaf 1 juli 2026, artikel 34, lid 3",
        "artikel 34 Participatiewet", "0c02866daa368f76",
    ):  # fmt: skip
        expect(behind).to_contain_text(told)
    expect(page.locator("#m5")).to_contain_text("Verborgen: een BSN. Het is nergens bewaard.")
    expect(page.locator("#m4")).to_contain_text("Niet aangekomen: de inwoner heeft de chatbot geblokkeerd.")
    expect(page.locator(".dagstreep")).to_have_count(2)


def test_new_ones_announce_themselves_and_nothing_moves(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path="/gesprekken")
    before = rows(page)
    with filled.database.writing() as session:
        for _ in range(3):
            made = build_conversation(session, filled.town, at=now(), state=WAITING, waiting_since=now())
    filled.door.live.ring(made.id)

    expect(page.locator("#nieuw")).to_have_text("3 nieuw", timeout=SOON)
    expect(page.locator("#nieuw-gehoord")).to_contain_text("3 nieuw")
    expect(page.locator(".delen")).to_contain_text("Wacht 4")
    assert rows(page) == before
    page.click("#nieuw")
    assert len(rows(page)) == len(before) + 3


def test_a_row_changes_in_its_place_and_the_focus_stays(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path="/gesprekken")
    before = rows(page)
    page.locator(f"#g{WITH_BOT} a").focus()
    other = staff_page(Role.CASEWORKER, path=f"/gesprekken/{WITH_BOT}")
    other.get_by_role("button", name="Overnemen").click()

    expect(page.locator(f"#g{WITH_BOT}")).to_contain_text("In gesprek", timeout=SOON)
    expect(page.locator(f"#g{WITH_BOT} a")).to_be_focused()
    assert rows(page) == before


def test_keys_walk_through_the_list(filled: Portal, sanne: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=sanne, path="/gesprekken")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-rij] a").nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#zoek")).to_be_focused()


def test_a_number_is_shown_on_a_click_only_and_is_gone_after_the_tick(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path="/terugbellen")
    expect(page.locator("[data-rij]").first).to_contain_text("te laat: 1 dag")
    expect(page.locator("body")).not_to_contain_text("12345678")
    page.get_by_role("button", name="Toon nummer").first.click()
    expect(page.locator("[data-rij]").first).to_contain_text("06-12345678")
    page.get_by_role("button", name="Gebeld").first.click()
    expect(page.get_by_role("status")).to_contain_text("Afgevinkt")
    expect(page.locator("[data-rij]")).to_have_count(1)


def rows(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-rij]").evaluate_all("all => all.map(one => one.id)")
    return found


def test_a_lost_connection_is_told_with_a_way_on_and_comes_back(
    filled: Portal, sanne: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=sanne, path="/gesprekken")
    page.route("**/stroom*", lambda route: route.abort())
    page.reload()
    expect(page.locator("#verbinding")).to_contain_text("De verbinding is weg.", timeout=SOON)
    expect(page.locator("#verbinding a")).to_have_text("Ververs de pagina")
    check(page)
    page.unroute("**/stroom*")
    page.click("#verbinding a")
    expect(page.locator("#verbinding")).to_have_text("")
