"""The chat as a resident with a modern phone meets it: answers come by themselves, and nothing is lost or doubled."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat_page import ask, expect_message, numbers
from tests.browser.conftest import OpenPage
from tests.browser.stand_in import Served


def connected(page: Page) -> None:
    page.wait_for_function("document.getElementById('stroom')._htmx?.sse?.reader")


def test_an_answer_appears_by_itself_with_its_source_and_its_buttons(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hoeveel spaargeld mag ik hebben?")
    expect_message(page, 5, "Dan mag u tot €\xa08.000 hebben")
    expect(page.locator("#m5 summary")).to_have_text("Bron: artikel 34 Participatiewet · bedragen per 1 juli 2026")
    expect(page.locator("#m5 .keuze")).to_have_count(4)
    expect(page.locator("#tekst")).to_have_value("")
    assert numbers(page) == [1, 2, 3, 4, 5]


def test_a_source_opens_with_its_link_and_the_days_of_its_figures(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "spaargeld")
    page.click("#m5 summary")
    link = page.locator("#m5 .bron a")
    expect(link).to_have_attribute("href", "https://wetten.overheid.nl/BWBR0015703/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(page.locator("#m5 .bron")).to_contain_text("€\xa08.000 geldt vanaf 1 juli 2026")
    expect(page.locator("#m5 .bron")).to_contain_text("gecontroleerd op 22 november 2026")


def test_a_button_is_pressed_and_the_typed_text_stays(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#tekst", "half een vraag")
    page.click("#m3 .keuze >> nth=0")
    expect_message(page, 4, "Hoeveel spaargeld")
    expect_message(page, 5, "€\xa08.000")
    expect(page.locator("#tekst")).to_have_value("half een vraag")


def test_a_person_is_one_tap_away(open_page: OpenPage) -> None:
    page = open_page()
    page.click(".kop__mens")
    expect_message(page, 5, "Ik heb een medewerker gevraagd.")


def test_enter_sends_and_shift_enter_makes_a_new_line(open_page: OpenPage) -> None:
    page = open_page()
    page.focus("#tekst")
    page.keyboard.type("een")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twee")
    expect(page.locator("#tekst")).to_have_value("een\ntwee")
    page.keyboard.press("Enter")
    expect_message(page, 5, "U vroeg: een")
    expect(page.locator("#tekst")).to_be_focused()


def test_a_reload_shows_the_same_conversation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    page.reload()
    expect_message(page, 5, "€\xa08.000")
    ask(page, "en een auto?")
    expect_message(page, 7, "U vroeg: en een auto?")
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7]


def test_a_second_tab_follows_the_conversation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    other = page.context.new_page()
    other.goto("/voorbeeldstad")
    ask(page, "en een auto?")
    expect_message(other, 7, "U vroeg: en een auto?")
    assert numbers(other) == [1, 2, 3, 4, 5, 6, 7]


def test_the_stream_was_cut_and_messages_came_meanwhile_none_is_lost_or_doubled(
    open_page: OpenPage, site: Served
) -> None:
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    connected(page)
    page.context.set_offline(True)
    page.evaluate("document.getElementById('stroom')._htmx.sse.reader.cancel()")
    for number in range(3):
        site.turn.say(site.turn.woken[0], f"gemist {number}")
    expect(page.locator("#melding")).to_have_text("De verbinding is weg. Wat u typt blijft staan.")
    page.context.set_offline(False)
    expect_message(page, 8, "gemist 2")
    expect(page.locator("#melding")).to_have_text("De verbinding is er weer.")
    site.turn.say(site.turn.woken[0], "en door")
    expect_message(page, 9, "en door")
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_server_ends_its_streams_again_and_again_and_every_message_comes_once(
    open_page: OpenPage, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.stream.LONGEST", 0.1)
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    for number in range(5, 9):
        with page.expect_request("**/stroom*"):
            site.turn.say(site.turn.woken[0], f"bericht {number}")
    expect_message(page, 9, "bericht 8")
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_stream_asks_for_what_came_after_the_last_message(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    connected(page)
    with page.expect_request("**/stroom*") as asked:
        page.evaluate("document.getElementById('stroom')._htmx.sse.reader.cancel()")
    assert asked.value.headers["last-event-id"] == "5"


def test_without_a_stream_the_page_asks_every_few_seconds(open_page: OpenPage, site: Served) -> None:
    page = open_page()
    page.clock.install()
    page.route("**/stroom*", lambda route: route.abort())
    ask(page, "spaargeld")
    expect_message(page, 4, "spaargeld")
    site.turn.say(site.turn.woken[0], "later")
    page.clock.fast_forward(5_000)
    expect_message(page, 6, "later")
    assert numbers(page) == [1, 2, 3, 4, 5, 6]


def test_a_line_that_could_not_be_sent_stays_and_is_sent_once(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/regel", lambda route: route.abort())
    ask(page, "mijn vraag")
    expect(page.locator("#melding")).to_contain_text("nog niet verstuurd")
    expect(page.locator("#tekst")).to_have_value("mijn vraag")
    page.unroute("**/regel")
    page.click("#verstuur")
    expect_message(page, 5, "U vroeg: mijn vraag")
    expect(page.locator("#tekst")).to_have_value("")
    expect(page.locator("#melding")).to_have_text("")
    assert numbers(page) == [1, 2, 3, 4, 5]


def test_a_page_of_a_broken_proxy_does_not_come_into_the_chat(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/regel", lambda route: route.fulfill(status=403, content_type="text/html", body="<h1>Blocked</h1>"))
    ask(page, "mijn vraag")
    expect(page.locator("#melding")).to_contain_text("nog niet verstuurd")
    expect(page.locator("body")).not_to_contain_text("Blocked")
    expect(page.locator("#tekst")).to_have_value("mijn vraag")


def test_an_empty_line_is_told_beside_the_field(open_page: OpenPage) -> None:
    page = open_page()
    page.click("#verstuur")
    expect(page.get_by_role("alert")).to_have_text("Typ eerst uw vraag. Kies daarna Verstuur.")
    expect(page.locator("#tekst")).to_have_attribute("aria-invalid", "true")
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#tekst")).to_have_attribute("aria-invalid", "false")


def test_what_was_typed_while_sending_is_not_lost(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/regel", hold)
    ask(page, "een")
    expect(page.locator("#verstuur")).to_have_attribute("aria-disabled", "true")
    page.focus("#tekst")
    page.keyboard.press("End")
    page.keyboard.type(" twee")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect_message(page, 5, "U vroeg: een")
    expect(page.locator("#tekst")).to_have_value(" twee")


def test_who_reads_above_is_left_alone_and_told_of_a_new_message(open_page: OpenPage, site: Served) -> None:
    page = open_page()
    ask(page, "geef een lang antwoord")
    expect_message(page, 5, "deel 8")
    page.locator("#log").evaluate("log => { log.scrollTop = 0; }")
    expect(page.locator("#nieuw")).to_be_hidden()
    site.turn.say(site.turn.woken[0], "nieuw")
    expect(page.locator("#nieuw")).to_be_visible()
    assert page.locator("#log").evaluate("log => log.scrollTop") == 0
    page.click("#nieuw")
    expect(page.locator("#m6")).to_be_in_viewport()


def test_a_long_answer_shows_its_beginning(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "geef een lang antwoord")
    expect_message(page, 5, "deel 8")
    expect(page.locator("#m5 p").first).to_be_in_viewport()


def test_wiping_in_one_tab_empties_the_other(open_page: OpenPage, site: Served) -> None:
    page = open_page()
    ask(page, "mijn geheim")
    expect_message(page, 5, "mijn geheim")
    connected(page)
    other = page.context.new_page()
    other.goto("/voorbeeldstad")
    other.click("text=Wis dit gesprek")
    other.click("text=Ja, wis het gesprek")
    expect(other.locator("#melding")).to_contain_text("Het gesprek is gewist")
    expect(page.locator(".bericht")).to_have_count(3)
    expect(page.locator("body")).not_to_contain_text("geheim")
    assert len(site.turn.forgotten) == 1
