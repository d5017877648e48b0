"""The page of a calculation can be used by everybody, is calm on a small phone, and comes out whole on paper."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from db.models import Channel, Municipality, Role
from services.calculations import make_link
from services.conversations import Address, open_conversation
from tests.browser.conftest import OpenPage
from tests.browser.measures import mouse_only, overflow, too_small, violations, walk
from tests.browser.portal_measures import check as check_staff
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import Served, now
from tests.builders import build_keys
from tests.calculations import a_situation, build_calculation
from tests.conversations import build_conversation

SITUATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one number of hours": (a_situation(), {}),
    "a range, with children": (a_situation(16, "14.99", ("2020-05-01", "2015-05-01")), {"until": Decimal(20)}),
}


def link_of(site: Served, situation: str = "one number of hours") -> str:
    """A link that anybody may open; the page is the same but for the list."""
    document, how = SITUATIONS[situation]
    with site.door.database.writing() as session:
        town = session.query(Municipality).filter_by(slug="voorbeeldstad").one()
        conversation = open_conversation(session, build_keys(), Address(town, Channel.WEB, "x" * 43), now())
        return make_link(build_calculation(session, conversation, document, now(), **how), town.slug, now())


def check(page: Page) -> None:
    assert overflow(page) == 0
    assert too_small(page) == []
    assert mouse_only(page) == []
    assert violations(page) == []


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_it_is_accessible_with_everything_open(
    open_page: OpenPage, site: Served, situation: str, width: int, scheme: str
) -> None:
    page = open_page(link_of(site, situation), width=width, scheme=scheme)
    check(page)
    for summary in page.locator("summary").all():
        summary.click()
    check(page)


@pytest.mark.parametrize("path", ["/voorbeeldstad/berekeningen", "/voorbeeldstad/berekening/x?sleutel=y"])
def test_the_empty_list_and_a_link_that_is_over_are_accessible(open_page: OpenPage, path: str) -> None:
    check(open_page(path, width=320))


def test_letters_of_twice_the_size_fit_at_320_pixels(open_page: OpenPage, site: Served) -> None:
    page = open_page(link_of(site, "a range, with children"), width=320)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert overflow(page) == 0


def test_without_javascript_all_of_it_is_there_and_sharing_works(open_page: OpenPage, site: Served) -> None:
    page = open_page(link_of(site), js=False)
    expect(page.get_by_role("img", name="Wat u per maand heeft bij elk aantal uren werk")).to_be_visible()
    expect(page.get_by_text("Afdrukken doet u met het menu van uw browser.")).to_be_visible()
    expect(page.get_by_role("button", name="Afdrukken")).to_be_hidden()
    page.get_by_role("button", name="Deel met mijn klantmanager").click()
    expect(page.get_by_role("status")).to_contain_text("U deelt deze berekening sinds")
    page.get_by_role("button", name="Niet meer delen").click()
    expect(page.get_by_role("button", name="Deel met mijn klantmanager")).to_be_visible()


def test_the_line_and_its_names_stay_within_the_picture_at_every_width(open_page: OpenPage, site: Served) -> None:
    page = open_page(link_of(site, "a range, with children"), width=320)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        outside: list[str] = page.evaluate("""() => {
          const room = document.querySelector('.grafiek').getBoundingClientRect();
          return [...document.querySelectorAll('.grafiek text, .grafiek circle, .grafiek polyline')]
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([e, box]) => box.left < room.left - 9 || box.right > room.right + 9 || box.top < room.top - 9)
            .map(([e]) => e.outerHTML.slice(0, 90));
        }""")
        assert outside == [], width


def test_a_screen_reader_hears_the_sentence_the_table_and_the_same_figures_in_words(
    open_page: OpenPage, site: Served
) -> None:
    page = open_page(link_of(site))
    tree = page.locator("main").aria_snapshot()
    told = [
        "Wat houdt u over als u werkt?",
        "€ 272 per maand",
        'row "Samen',
        "uw uren",
        "img",
        "Wat verandert wanneer?",
    ]
    places = [tree.replace("\u00a0", " ").find(each) for each in told]
    assert -1 not in places
    assert places == sorted(places)
    description = page.locator("#grafiek-uitleg").text_content() or ""
    assert "Dezelfde bedragen staan in de tabel." in description


def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(open_page: OpenPage, site: Served) -> None:
    page = open_page(link_of(site))
    stops = walk(page)
    reached = [stop["text"] for stop in stops]
    for wanted in ("Terug naar het gesprek", "Waarmee wij rekenden", "Deel met mijn klantmanager", "Afdrukken"):
        assert any(wanted in text for text in reached), wanted
    assert [stop["text"] for stop in stops if not stop["ring"]] == []


def test_on_paper_the_reasons_are_open_and_the_buttons_are_gone(
    open_page: OpenPage, site: Served, tmp_path: Path
) -> None:
    page = open_page(link_of(site), width=794)
    page.emulate_media(media="print")
    expect(page.get_by_text("Loon dat meetelt voor uw bijstand")).to_be_visible()
    expect(page.get_by_role("button", name="Deel met mijn klantmanager")).to_be_hidden()
    expect(page.get_by_role("link", name="Terug naar het gesprek")).to_be_hidden()
    assert overflow(page) == 0
    assert page.pdf(path=str(tmp_path / "berekening.pdf"), format="A4").startswith(b"%PDF")


def test_colours_of_the_user_are_respected(open_page: OpenPage, site: Served) -> None:
    page = open_page(link_of(site))
    page.emulate_media(forced_colors="active")
    line = page.locator(".grafiek__lijn").evaluate("e => getComputedStyle(e).stroke")
    text = page.locator(".grafiek__naam").first.evaluate("e => getComputedStyle(e).fill")
    assert line != text
    assert page.locator(".berekening__zin").evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_caseworkers_page_and_a_variation_with_a_mistake_are_accessible(
    portal: Portal, staff_page: StaffPage, width: int
) -> None:
    with portal.database.writing() as session:
        conversation = build_conversation(session, portal.town, "hoeveel houd ik over", at=now())
        made = build_calculation(session, conversation, a_situation(), now())
        made.shared_at = now()
    page = staff_page(Role.CASEWORKER, path=f"/gesprekken/berekeningen/{made.id}", width=width)
    check_staff(page)
    page.get_by_role("textbox", name="Uren per week").fill("32")
    page.get_by_role("button", name="Reken").click()
    expect(page.get_by_role("status")).to_contain_text("Variatie, niet bewaard")
    check_staff(page)
    page.goto(f"/portal/gesprekken/berekeningen/{made.id}/variatie?uurloon=veel")
    expect(page.get_by_text("Vul een bedrag in, zoals 15,25.")).to_be_visible()
    check_staff(page)
    page.goto(f"/portal/gesprekken/{conversation.id}")
    check_staff(page)
