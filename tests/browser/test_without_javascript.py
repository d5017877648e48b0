"""The same conversation without JavaScript: every step is a page."""

from playwright.sync_api import expect

from tests.browser.chat_page import ask, expect_message
from tests.browser.conftest import OpenPage
from tests.browser.stand_in import Served


def test_from_choosing_a_municipality_to_an_answer_with_its_source(open_page: OpenPage) -> None:
    page = open_page("/", js=False)
    expect(page.get_by_text("Voorbeeld", exact=True)).to_have_count(2)
    page.click("text=Pijnacker-Nootdorp")
    expect(page.locator("#m1")).to_contain_text("een chatbot van de gemeente Pijnacker-Nootdorp")
    ask(page, "spaargeld")
    expect_message(page, 5, "€\xa08.000")
    expect(page.locator("#m5")).to_be_in_viewport()
    page.click("#m5 summary")
    expect(page.locator("#m5 .bron a")).to_be_visible()


def test_buttons_and_the_person_work(open_page: OpenPage) -> None:
    page = open_page(js=False)
    page.click("#m3 .keuze >> nth=0")
    expect_message(page, 4, "Hoeveel spaargeld")
    page.click(".kop__mens")
    expect_message(page, 7, "Ik heb een medewerker gevraagd.")


def test_an_empty_line_is_told_beside_the_field(open_page: OpenPage) -> None:
    page = open_page(js=False)
    page.click("#verstuur")
    expect(page.get_by_role("alert")).to_contain_text("Typ eerst uw vraag")
    expect(page.locator("#tekst")).to_be_focused()


def test_an_answer_that_takes_longer_is_looked_for_with_a_link(open_page: OpenPage, site: Served) -> None:
    site.turn.silent = True
    page = open_page(js=False)
    ask(page, "spaargeld")
    expect(page.get_by_text("Het antwoord komt eraan")).to_be_visible()
    page.click("text=Kijk of er antwoord is")
    expect(page.get_by_text("Het antwoord komt eraan")).to_be_visible()
    site.turn.answer(site.turn.woken[0])
    page.click("text=Kijk of er antwoord is")
    expect_message(page, 5, "€\xa08.000")
    expect(page.get_by_text("Het antwoord komt eraan")).to_have_count(0)


def test_a_conversation_is_wiped_after_being_asked(open_page: OpenPage) -> None:
    page = open_page(js=False)
    ask(page, "mijn geheim")
    expect_message(page, 5, "mijn geheim")
    page.click("text=Wis dit gesprek")
    page.click("text=Nee, bewaar het")
    expect_message(page, 5, "mijn geheim")
    page.click("text=Wis dit gesprek")
    page.click("text=Ja, wis het gesprek")
    expect(page.locator("#melding")).to_contain_text("Het gesprek is gewist")
    expect(page.locator("body")).not_to_contain_text("mijn geheim")
