"""Two browsers: a resident on a phone, a caseworker at a desk. The whole way of a conversation that changes hands."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from db.models import Account, Role
from tests.browser.chat_page import ask, expect_message
from tests.browser.portal_stand_in import Portal, StaffPage

SOON = 5_000
"""Milliseconds that a test waits for what takes a part of a second: the machine may be busy."""


@pytest.fixture
def resident(browser: Browser, portal: Portal) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal.address, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    page.goto("/voorbeeldstad")
    yield page
    context.close()


@pytest.fixture
def sanne(portal: Portal) -> Account:
    return portal.account(Role.CASEWORKER, login="sanne", name="Sanne de Wit", shown_as="Sanne")


def reply(page: Page, text: str) -> None:
    page.fill("#tekst", text)
    page.click("#verstuur")


def test_the_whole_way(resident: Page, staff_page: StaffPage, sanne: Account, portal: Portal) -> None:
    desk = staff_page(account=sanne, path="/gesprekken")
    expect(desk.get_by_text("Er zijn nog geen gesprekken")).to_be_visible()

    ask(resident, "Hoeveel spaargeld mag ik hebben?")
    expect(desk.locator("#nieuw")).to_have_text("1 nieuw", timeout=SOON)
    desk.click("#nieuw")
    row = desk.locator("[data-rij]")
    expect(row).to_contain_text("Hoeveel spaargeld")
    expect(row.locator(".rij__zei")).to_have_text("Hoeveel spaargeld mag ik hebben?")
    row.locator("a").click()

    expect(desk.locator(".gezegd--line .gezegd__tekst")).to_have_text("Hoeveel spaargeld mag ik hebben?")
    desk.get_by_role("button", name="Overnemen").click()
    expect(desk.locator("#stand")).to_contain_text("U heeft dit gesprek")
    expect(resident.locator("#berichten")).to_contain_text("Medewerker Sanne doet nu mee", timeout=SOON)

    reply(desk, "Dag, ik kijk met u mee.")
    expect(resident.locator("#berichten")).to_contain_text("Dag, ik kijk met u mee.", timeout=SOON)
    expect(desk.locator("#tekst")).to_have_value("")
    ask(resident, "Fijn! Mijn spaargeld is 9.000 euro.")
    expect(desk.locator(".gezegd--line").last).to_contain_text("9.000 euro", timeout=SOON)
    reply(desk, "Dan bent u er net boven.")
    expect(desk.locator(".gezegd--staff").last).to_contain_text("net boven", timeout=SOON)
    expect(resident.locator("#berichten")).to_contain_text("net boven", timeout=SOON)
    expect(resident.locator("#berichten")).not_to_contain_text("U vroeg: Fijn")

    desk.get_by_role("button", name="Teruggeven aan chatbot").click()
    expect(resident.locator("#berichten")).to_contain_text("U praat weer met de chatbot", timeout=SOON)
    ask(resident, "en een auto?")
    expect(resident.locator("#berichten")).to_contain_text("U vroeg: en een auto?", timeout=SOON)
    assert len(portal.turn.forgotten) == 1

    desk.get_by_role("button", name="Overnemen").click()
    desk.locator("#daden summary", has_text="Sluiten").click()
    desk.get_by_role("button", name="Ja, sluit het gesprek").click()
    expect(desk.locator("#stand")).to_contain_text("Gesloten")
    expect(resident.locator("#berichten")).to_contain_text("heeft het gesprek afgesloten", timeout=SOON)


def test_the_loser_of_two_reads_who_has_it(resident: Page, staff_page: StaffPage, sanne: Account) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desks = [staff_page(account=sanne, path="/gesprekken"), staff_page(Role.CASEWORKER, path="/gesprekken")]
    for desk in desks:
        desk.locator("[data-rij] a").click()
        expect(desk.get_by_role("button", name="Overnemen")).to_be_visible()
    desks[0].get_by_role("button", name="Overnemen").click()
    expect(desks[0].locator("#stand")).to_contain_text("U heeft dit gesprek")

    # The other page hears of it by itself.
    expect(desks[1].locator("#stand")).to_contain_text("Sanne de Wit heeft dit gesprek", timeout=SOON)
    desks[1].get_by_text("Overnemen van Sanne de Wit", exact=True).click()
    desks[1].get_by_role("button", name="Ja, neem over van Sanne de Wit").click()
    expect(desks[1].locator("#stand")).to_contain_text("U heeft dit gesprek")
    expect(desks[0].locator("#verstuur")).to_be_disabled(timeout=SOON)


def test_what_was_typed_stays_when_a_colleague_takes_over(
    resident: Page, staff_page: StaffPage, sanne: Account
) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desks = [staff_page(account=sanne, path="/gesprekken"), staff_page(Role.CASEWORKER, path="/gesprekken")]
    for desk in desks:
        desk.locator("[data-rij] a").click()
    desks[0].get_by_role("button", name="Overnemen").click()
    desks[0].fill("#tekst", "mijn halve antwoord")
    expect(desks[1].locator("#stand")).to_contain_text("Sanne de Wit heeft dit gesprek", timeout=SOON)
    desks[1].get_by_text("Overnemen van Sanne de Wit", exact=True).click()
    desks[1].get_by_role("button", name="Ja, neem over van Sanne de Wit").click()

    expect(desks[0].get_by_role("alert")).to_contain_text(
        "heeft dit gesprek nu. Wat u typte staat hier nog.", timeout=SOON
    )
    expect(desks[0].locator("#tekst")).to_have_value("mijn halve antwoord")
    expect(desks[0].locator("#verstuur")).to_be_disabled()


def test_without_javascript_everything_works_too(resident: Page, staff_page: StaffPage, sanne: Account) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desk = staff_page(account=sanne, path="/gesprekken", js=False)
    desk.locator("[data-rij] a").click()
    desk.get_by_role("button", name="Overnemen").click()
    reply(desk, "Dag!")
    expect(desk.locator(".gezegd--staff")).to_contain_text("Dag!")
    reply(desk, "x" * 1_900 + " " + "y" * 99)
    expect(desk.locator(".gezegd--staff")).to_have_count(2)
    reply(desk, "   ")
    expect(desk.get_by_role("alert")).to_have_text("Typ eerst uw antwoord.")
    desk.get_by_text("Even wegleggen", exact=True).click()
    desk.select_option("#tot", "morgen")
    desk.get_by_role("button", name="Leg weg").click()
    expect(desk.locator("#stand")).to_contain_text("Weggelegd tot")
    expect(resident.locator("#berichten")).to_contain_text("Dag!", timeout=SOON)


def test_an_answer_that_could_not_be_sent_stays_and_is_sent_once(
    resident: Page, staff_page: StaffPage, sanne: Account
) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desk = staff_page(account=sanne, path="/gesprekken")
    desk.locator("[data-rij] a").click()
    desk.get_by_role("button", name="Overnemen").click()
    expect(desk.locator("#stand")).to_contain_text("U heeft dit gesprek")
    desk.route("**/antwoord*", lambda route: route.abort())
    reply(desk, "mijn antwoord")
    expect(desk.get_by_role("alert")).to_contain_text("nog niet verstuurd")
    expect(desk.locator("#tekst")).to_have_value("mijn antwoord")
    desk.reload()
    expect(desk.locator("#tekst")).to_have_value("mijn antwoord")
    desk.unroute("**/antwoord*")
    desk.click("#verstuur")
    expect(desk.locator(".gezegd--staff")).to_have_count(1, timeout=SOON)
    expect(desk.locator("#tekst")).to_have_value("")


def hide(page: Page, hidden: bool) -> None:
    page.evaluate(f"Object.defineProperty(document, 'hidden', {{value: {str(hidden).lower()}, configurable: true}})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_page_that_nobody_looks_at_leaves_the_line_unread(
    resident: Page, staff_page: StaffPage, sanne: Account
) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desk = staff_page(account=sanne, path="/gesprekken")
    desk.locator("[data-rij] a").click()
    desk.get_by_role("button", name="Overnemen").click()
    expect(desk.locator("#verstuur")).to_be_enabled()
    hide(desk, True)
    ask(resident, "bent u daar?")
    expect(desk).to_have_title("(1) Hoeveel spaargeld, gesprek 1 - Trede", timeout=SOON)
    listed = staff_page(account=sanne, path="/gesprekken")
    expect(listed.locator("[data-rij] .aantal")).to_have_text("1")

    hide(desk, False)
    expect(listed.locator("[data-rij] .aantal")).to_have_count(0, timeout=SOON)
    expect(desk).to_have_title("Hoeveel spaargeld, gesprek 1 - Trede")


def test_a_hidden_page_of_a_chat_that_one_does_not_have_comes_back_whole(
    resident: Page, staff_page: StaffPage, sanne: Account
) -> None:
    ask(resident, "spaargeld")
    expect_message(resident, 5, "8.000")
    desk = staff_page(account=sanne, path="/gesprekken")
    desk.locator("[data-rij] a").click()
    expect(desk.get_by_role("button", name="Overnemen")).to_be_visible()
    hide(desk, True)
    ask(resident, "nog een vraag")
    expect_message(resident, 7, "nog een vraag")
    hide(desk, False)

    expect(desk.locator("#m6")).to_contain_text("nog een vraag", timeout=SOON)
    expect(desk.locator("#m7")).to_have_count(1, timeout=SOON)


def test_a_conversation_that_the_resident_wipes_goes_from_the_page(
    resident: Page, staff_page: StaffPage, sanne: Account
) -> None:
    ask(resident, "mijn geheim")
    expect_message(resident, 5, "mijn geheim")
    desk = staff_page(account=sanne, path="/gesprekken")
    listed = staff_page(account=sanne, path="/gesprekken")
    desk.locator("[data-rij] a").click()
    expect(desk.locator(".gezegd--line")).to_contain_text("mijn geheim")
    resident.click("text=Wis dit gesprek")
    resident.click("text=Ja, wis het gesprek")

    expect(desk.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet", timeout=SOON)
    expect(listed.locator(".rij")).to_have_text("Dit gesprek is gewist.", timeout=SOON)
    for page in (desk, listed):
        expect(page.locator("body")).not_to_contain_text("geheim")
