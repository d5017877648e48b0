"""The staff's pages in a real browser: signing in, looking, keys, and everybody can use them."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from db.models import Role
from services.passwords import hash_password
from tests.browser.measures import overflow, violations, walk
from tests.browser.portal_measures import check
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.integration.portal.signing_in import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAGES = ("/ik", "/ik/app", "/beheer", "/beheer/nieuw", "/beheer/logboek", "/beheer/logboek/controle", "/nergens")


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.fill("#login", login)
    page.fill("#wachtwoord", password)
    page.get_by_role("button", name="Inloggen").click()


@pytest.mark.parametrize("js", [True, False])
def test_one_signs_in_with_a_password_and_a_code_and_comes_where_one_wanted(
    portal: Portal, staff_page: StaffPage, js: bool
) -> None:
    portal.account(
        Role.CASEWORKER, login="anna", password_hash=hash_password(PASSWORD), totp_secret=portal.door.keys.seal(SECRET)
    )
    page = staff_page(path="/ik", signed_in=False, js=js, width=360)
    sign_in(page, "anna@voorbeeld.test", "dit is het niet")
    expect(page.get_by_role("alert")).to_contain_text("Deze gegevens kloppen niet")
    expect(page.locator("#login")).to_have_value("anna@voorbeeld.test")
    sign_in(page, "anna@voorbeeld.test")
    page.get_by_label("Code van 6 cijfers").fill(pyotp.TOTP(SECRET).now())
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_text("U bent uitgelogd.")).to_be_visible()
    page.goto("/portal/ik")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_the_first_time_the_square_and_the_key_stand_there_and_the_app_is_set_up(
    portal: Portal, staff_page: StaffPage
) -> None:
    portal.account(Role.EDITOR, login="nieuw", password_hash=hash_password(PASSWORD), totp_since=None, demo=True)
    page = staff_page(path="/inloggen", signed_in=False, width=320)
    sign_in(page, "nieuw@voorbeeld.test")
    expect(page.get_by_role("img", name="QR-code")).to_be_visible()
    expect(page.get_by_role("button", name="Later instellen")).to_be_visible()
    check(page)
    key = page.locator(".sleutel").inner_text().replace(" ", "")
    page.get_by_label("Code van 6 cijfers").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Stel in en ga verder").click()
    expect(page.get_by_role("navigation", name="Onderdelen")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (800, "light"), (1280, "dark")])
def test_every_page_can_be_used_by_everybody(staff_page: StaffPage, width: int, scheme: str) -> None:
    page = staff_page(Role.ADMINISTRATOR, width=width, scheme=scheme)
    for path in PAGES:
        page.goto(f"/portal{path}")
        check(page)


@pytest.mark.parametrize("path", ["/inloggen", "/inloggen?uitgelogd", "/inloggen?verlopen&verder=/portal/ik"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_can_be_used_by_everybody(staff_page: StaffPage, path: str, scheme: str) -> None:
    page = staff_page(path=path, signed_in=False, width=320, scheme=scheme)
    check(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    check(page)


def test_without_scripts_nothing_is_missing(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer/nieuw", width=320, scripts=False)
    check(page)
    page.fill("#naam", "Els Bos")
    page.fill("#getoond", "Els")
    page.fill("#login", "els@voorbeeld.test")
    page.get_by_role("button", name="Maak account").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Kies ten minste één rol"))
    expect(page.locator("#naam")).to_have_value("Els Bos")
    page.get_by_label("Redacteur").check()
    page.get_by_role("button", name="Maak account").click()
    expect(page.locator(".sleutel")).to_have_text(re.compile(r"^[a-z0-9]{4}(-[a-z0-9]{4}){3}$"))
    check(page)
    page.get_by_role("link", name="Naar het account").click()
    check(page)


def test_twice_as_large_letters_fit_at_320_pixels(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, width=320)
    for path in PAGES:
        page.goto(f"/portal{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, path


def test_the_tab_key_reaches_everything_and_one_sees_where_it_is(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    stops = walk(page)
    reached = [stop["text"] for stop in stops]

    assert reached[0] == "Naar de inhoud"
    for wanted in ("Beheer", "Sneltoetsen", "Uitloggen", "Logboek", "Nieuw account"):
        assert wanted in reached
    assert [stop["text"] for stop in stops if not stop["ring"]] == []
    assert [stop["text"] for stop in stops if not stop["seen"]] == []


def test_the_skip_link_leads_past_the_rail(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Accounts")).to_be_focused()


def test_j_and_k_go_through_the_rows_and_a_question_mark_tells_the_keys(portal: Portal, staff_page: StaffPage) -> None:
    portal.account(Role.EDITOR, login="a", name="Aad")
    portal.account(Role.EDITOR, login="b", name="Bea")
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Aad")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Bea")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Aad")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_hidden()


def test_the_keys_can_be_turned_off_and_stay_so(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.get_by_role("button", name="Sneltoetsen").click()
    page.get_by_label("Sneltoetsen staan aan").uncheck()
    page.get_by_role("button", name="Sluiten").click()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-rij] a").first).not_to_be_focused()


def test_typing_in_a_field_is_typing(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer/nieuw")
    page.focus("#naam")
    page.keyboard.type("j/k?")
    expect(page.locator("#naam")).to_have_value("j/k?")


def test_a_password_can_be_looked_at_and_pasted(staff_page: StaffPage) -> None:
    page = staff_page(path="/inloggen", signed_in=False)
    field = page.locator("#wachtwoord")
    expect(field).to_have_attribute("autocomplete", "current-password")
    field.fill("geplakt wachtwoord")
    show = page.get_by_role("button", name="Toon")
    show.click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Verberg").click()
    expect(field).to_have_attribute("type", "password")


def test_the_end_of_the_session_is_told_in_time_and_can_be_put_off(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.clock.install()
    page.reload()
    page.route("**/portal/sessie", lambda route: route.fulfill(body="100" if route.request.method == "GET" else "1800"))
    page.clock.fast_forward("28:10")
    dialog = page.get_by_role("alertdialog", name="U wordt bijna uitgelogd")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Blijf ingelogd").click()
    expect(dialog).to_be_hidden()


def test_a_session_that_another_tab_kept_is_not_announced_as_ending(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.clock.install()
    page.reload()
    with page.expect_response("**/portal/sessie"):
        page.clock.fast_forward("28:10")
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_the_page_keeps_to_its_own_policy(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(f"/portal{path}")
    assert complaints == []


def test_what_somebody_is_called_is_text(portal: Portal, staff_page: StaffPage) -> None:
    name = "<img src=x onerror=alert(1)>{{7*7}}"
    portal.account(Role.EDITOR, login="a", name=name, shown_as=name)
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    assert page.locator("main img").count() == 0


def test_colours_of_the_user_are_respected(staff_page: StaffPage) -> None:
    page = staff_page(Role.ADMINISTRATOR, path="/beheer")
    page.emulate_media(forced_colors="active")
    assert page.locator(".staat").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
    assert page.locator(".rail__deel[aria-current]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
