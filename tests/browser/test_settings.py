"""What a municipality sets itself, in a real browser: everybody can use the pages, also without scripts."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Account, Invitation, InvitationState, Municipality, Role
from tests.agenda import TALK, build_person
from tests.browser.measures import walk
from tests.browser.portal_measures import check
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import now

TALKS = {
    "months": 18,
    "bring": {"nl": ["Neem uw paspoort mee."], "en": ["Bring your passport."]},
    "benefits": ["algemeen"],
}
OFF = {"key": "intake", "name": {"nl": "eerste gesprek", "en": "first talk"}, "in_use": False}
SUPPLEMENT = {"years": 5, "alone": "450.00", "couple": "600.00", "until": "2027-12-31"}
ONE, ANSWERS = "/instellingen/soorten/contactgesprek", "/instellingen/antwoorden"
PAGES = (
    "/instellingen", "/instellingen/nieuw", ONE, "/instellingen/soorten/intake", ANSWERS, f"{ANSWERS}/pay_date",
    f"{ANSWERS}/exemption_25", f"{ANSWERS}/income_supplement", f"{ANSWERS}/debt_help",
)  # fmt: skip


@pytest.fixture
def editor(portal: Portal) -> Account:
    """One kind of conversation for which somebody is invited, one that is off, and a few things that are known."""
    with portal.database.writing() as session:
        town = session.get_one(Municipality, portal.town.id)
        known = {"pay_date": 20, "income_supplement": SUPPLEMENT}
        town.settings = town.settings | {"programmes": [TALK | TALKS, TALK | OFF], "policy": known}
        person = build_person(session, town, created_at=now() - timedelta(days=600))
        session.add(
            Invitation(
                municipality_id=town.id, person_id=person.id, programme="contactgesprek", due_on=now().date(),
                state=InvitationState.INVITED, created_at=now(), invited_at=now(),
            )
        )  # fmt: skip
    return portal.account(Role.EDITOR, Role.ADMINISTRATOR, login="els")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_every_page_can_be_used_by_everybody(editor: Account, staff_page: StaffPage, width: int, scheme: str) -> None:
    page = staff_page(account=editor, width=width, scheme=scheme)
    for path in PAGES:
        page.goto(f"/portal{path}")
        for closed in page.locator("main summary").all():
            closed.click()
        check(page)


def test_empty_pages_say_what_will_stand_there(portal: Portal, staff_page: StaffPage) -> None:
    for town in (portal.town, portal.library):
        page = staff_page(Role.EDITOR, town=town, path="/instellingen", width=320)
        expect(page.locator(".leeg__kop")).to_be_visible()
        check(page)
        page.goto(f"/portal{ANSWERS}")
        check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_change_is_explained_mended_and_kept_without_scripts(
    editor: Account, staff_page: StaffPage, width: int
) -> None:
    page = staff_page(account=editor, path=ONE, width=width, scripts=False)
    page.fill("#minutes", "5")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert").first).to_contain_text("Minuten: Dit is ten minste 10.")
    check(page)
    page.fill("#minutes", "60")
    page.uncheck("#benefits_algemeen")
    page.check("#benefits_ioaw")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_contain_text("1 inwoner is uitgenodigd en hoort er dan niet meer bij.")
    check(page)
    page.get_by_role("button", name="Ja, bewaar het zo").click()
    expect(page.locator(".bericht")).to_contain_text("Bewaard. Het geldt vanaf nu.")
    expect(page.locator("#minutes")).to_have_value("60")


def test_a_kind_is_switched_off_and_on_again(editor: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=editor, path=ONE, width=360)
    page.locator("main summary").click()
    page.get_by_role("button", name="Ja, zet uit").click()
    expect(page.locator("h1")).to_contain_text("Uit")
    page.get_by_role("button", name="Neem weer in gebruik").click()
    expect(page.locator(".bericht")).to_contain_text("weer in gebruik")


def test_what_is_filled_in_stands_in_the_list(editor: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=editor, path=ANSWERS, width=360)
    page.get_by_role("link", name="Stadspas").click()
    page.fill("#waarde", "de Voorbeeldpas")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#scheme_pass")).to_contain_text("In Voorbeeldstad is er de Voorbeeldpas.")


@pytest.mark.parametrize(("path", "wanted"), [(ONE, "Zet uit"), (ANSWERS, "Toestemming voor vakantie")])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    editor: Account, staff_page: StaffPage, path: str, wanted: str
) -> None:
    page = staff_page(account=editor, path=path)
    page.evaluate("scrollTo(0, 0)")
    stops = walk(page, most=90)

    assert wanted in " | ".join(stop["text"] for stop in stops)
    assert [stop["text"] for stop in stops if not stop["ring"]] == []
