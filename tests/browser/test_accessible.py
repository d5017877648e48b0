"""Every page, narrow and wide, with and without JavaScript, can be used by everybody."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ask, expect_message
from tests.browser.conftest import OpenPage
from tests.browser.measures import mouse_only, overflow, too_small, violations, walk

OTHER_PAGES = (
    "/",
    "/voorbeeldstad",
    "/voorbeeldstad/wis",
    "/voorbeeldstad/privacy",
    "/voorbeeldstad/toegankelijkheid",
    "/x",
)


def talk(page: Page) -> None:
    """A conversation with everything that can stand in one."""
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    page.click("#m5 summary")
    ask(page, "ik red het niet meer")
    expect_message(page, 7, "Wat erg dat u zich zo voelt")
    ask(page, "W" * 300)
    expect_message(page, 9, "WWW")
    page.click("#verstuur")
    expect(page.get_by_role("alert")).to_be_visible()


def check(page: Page) -> None:
    assert overflow(page) == 0
    assert too_small(page) == []
    assert mouse_only(page) == []
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_a_conversation_is_accessible(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)
    talk(page)
    check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_conversation_without_javascript_is_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, scripts=False)
    talk(page)
    check(page)


@pytest.mark.parametrize("path", OTHER_PAGES)
def test_the_other_pages_are_accessible(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=320)
    check(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    check(page)


def test_letters_of_twice_the_size_fit_at_320_pixels(open_page: OpenPage) -> None:
    page = open_page(width=320, height=640)
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert overflow(page) == 0
    for place in (".kop__mens", "#tekst", "#verstuur", "#m5 .keuze >> nth=3"):
        page.locator(place).scroll_into_view_if_needed()
        expect(page.locator(place)).to_be_in_viewport()


def test_the_input_never_covers_the_last_line(open_page: OpenPage) -> None:
    page = open_page(width=320, height=480)
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    page.locator("#m5 .keuze").last.scroll_into_view_if_needed()
    button = page.locator("#m5 .keuze").last.bounding_box()
    below = page.locator(".onder").bounding_box()
    assert button
    assert below
    assert button["y"] + button["height"] <= below["y"]


def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    page.reload()  # the walk begins where a page begins
    stops = walk(page)
    reached = [stop["text"] for stop in stops]
    for wanted in (
        "Medewerker",
        "Gesprek met de chatbot",
        "Hoeveel spaargeld",
        "Erfenis",
        "Verstuur",
        "Wis dit gesprek",
    ):
        assert wanted in reached
    assert reached[0] == "Typ uw vraag"
    assert [stop["text"] for stop in stops if not stop["ring"]] == []
    assert [stop["text"] for stop in stops if not stop["seen"]] == []


def test_a_screen_reader_hears_who_says_what_and_only_what_is_new(open_page: OpenPage) -> None:
    page = open_page()
    log = page.get_by_role("log", name="Gesprek met de chatbot")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    senders = page.locator(".bericht .alleen-voorgelezen").all_inner_texts()
    assert [sender.strip() for sender in senders] == ["Chatbot:", "Chatbot:", "Chatbot:", "U:", "Chatbot:"]
    assert page.locator("#m5 [lang]").get_attribute("lang") == "nl"
    assert page.locator("#m5 [lang]").get_attribute("dir") == "auto"


def test_the_page_says_from_the_start_that_it_is_a_chatbot(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chatbot Trede")
    expect(page).to_have_title("Chatbot Trede van de gemeente Voorbeeldstad")
    expect(page.locator("#m1")).to_contain_text("een chatbot van de gemeente")


def test_colours_of_the_user_and_no_motion_are_respected(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    border = page.locator("#m4 .bel").evaluate("e => getComputedStyle(e).borderTopWidth")
    assert border == "1px"
    assert page.locator("#m5").evaluate("e => getComputedStyle(e).animationName") == "none"
