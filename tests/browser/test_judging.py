"""`Klopt dit?` in a real browser: asked once and quietly, with and without JavaScript, on the narrowest phone."""

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from db.models import Feedback, Role, Topic
from tests.browser.chat_page import ask, expect_message
from tests.browser.conftest import OpenPage
from tests.browser.injections import CORPUS
from tests.browser.measures import mouse_only, overflow, too_small, violations
from tests.browser.portal_measures import check as check_staff
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import Served
from tests.feedback import build_feedback

HERE = "/onderwerpen/wealth_limit"


def answered(page: Page, seq: int = 5) -> None:
    ask(page, "spaargeld")
    expect_message(page, seq, "€\xa08.000")


def button(page: Page, name: str) -> Locator:
    """Under the first answer."""
    return page.locator("#m5").get_by_role("button", name=name, exact=True)


def check(page: Page) -> None:
    assert overflow(page) == 0
    assert too_small(page) == []
    assert mouse_only(page) == []
    assert violations(page) == []


def told(site: Served) -> list[tuple[bool, str | None]]:
    with site.door.database.reading() as session:
        return [(row.right, row.remark) for row in session.scalars(select(Feedback).order_by(Feedback.id))]


@pytest.mark.parametrize(
    ("width", "scripts", "scheme"), [(320, True, "dark"), (320, False, "light"), (1280, True, "light")]
)
def test_every_step_works_and_can_be_used_by_everybody(
    open_page: OpenPage, site: Served, width: int, scripts: bool, scheme: str
) -> None:
    page = open_page(width=width, scripts=scripts, scheme=scheme)
    answered(page)
    check(page)
    button(page, "Nee").click()
    field = page.get_by_label("Wat klopt er niet?")
    expect(field).to_be_in_viewport()
    check(page)
    field.fill("Het bedrag is oud. Bel 0612345678")
    field.press("Enter")
    expect(page.locator("#m5 .klopt__gezegd")).to_have_text("U schreef: Het bedrag is oud. Bel [telefoonnummer]")
    check(page)
    assert told(site) == [(False, "Het bedrag is oud. Bel [telefoonnummer]")]
    button(page, "Ja").click()
    expect(page.locator("#m5 .klopt")).to_contain_text("Dank u wel.")
    expect(page.locator("#m5 .klopt__gezegd")).to_have_count(0)
    assert told(site) == [(True, None)]


def test_it_works_without_javascript_and_comes_back_to_the_answer(open_page: OpenPage, site: Served) -> None:
    page = open_page(js=False)
    answered(page)
    button(page, "Ja").click()
    expect(page.get_by_text("Dank u wel.")).to_be_in_viewport()
    assert told(site) == [(True, None)]


def test_only_the_newest_answer_asks_and_an_older_one_when_its_source_is_opened(open_page: OpenPage) -> None:
    page = open_page()
    answered(page)
    ask(page, "hallo")
    expect_message(page, 7, "U vroeg: hallo")
    expect(page.locator("#m5 .klopt")).to_be_visible()
    answered(page, 9)
    expect(page.locator("#m5 .klopt")).to_be_hidden()
    expect(page.locator("#m9 .klopt")).to_be_visible()

    page.click("#m5 summary")
    button(page, "Ja").click()
    expect(page.locator("#m5 .klopt")).to_contain_text("Dank u wel.")


def test_without_javascript_an_older_answer_shows_what_was_told(open_page: OpenPage) -> None:
    page = open_page(js=False)
    answered(page)
    answered(page, 7)
    expect(page.locator("#m5 .klopt")).to_be_hidden()
    page.click("#m5 summary")
    button(page, "Ja").click()
    expect(page.locator("#m5 .klopt")).to_contain_text("Dank u wel.")


def test_the_keyboard_comes_there_and_stays_where_it_was(open_page: OpenPage) -> None:
    page = open_page()
    answered(page)
    page.locator("#m5 summary").focus()
    for name in ("Ja", "Nee"):
        page.keyboard.press("Tab")
        expect(button(page, name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wat klopt er niet?")).to_be_visible()
    expect(button(page, "Nee")).to_be_focused()


def test_what_stands_in_the_input_stays_there(open_page: OpenPage) -> None:
    page = open_page()
    answered(page)
    page.fill("#tekst", "en als ik samenwoon")
    button(page, "Nee").click()
    expect(page.get_by_label("Wat klopt er niet?")).to_be_visible()
    expect(page.locator("#tekst")).to_have_value("en als ik samenwoon")


def test_what_did_not_arrive_is_told(open_page: OpenPage, site: Served) -> None:
    page = open_page()
    answered(page)
    page.route("**/klopt", lambda route: route.abort())
    button(page, "Nee").click()
    expect(page.locator("#melding")).to_contain_text("nog niet verstuurd")
    assert told(site) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_staff_show_remarks_as_the_text_they_are(
    portal: Portal, staff_page: StaffPage, width: int
) -> None:
    shown = [payload for payload in CORPUS if len(payload) <= 500][:50]
    with portal.database.writing() as session:
        revision = session.query(Topic).filter_by(name="wealth_limit").one().revisions[0].id
        for payload in shown:
            build_feedback(session, portal.town, False, payload, revision=revision)
    page = staff_page(Role.EDITOR, path=f"{HERE}/opmerkingen", width=width)
    assert page.locator(".opmerkingen__tekst").count() == len(shown)
    assert page.locator(".opmerkingen__tekst :not(p)").count() == 0
    assert page.evaluate("window.broken") is None
    check_staff(page)
    for path in (HERE, "/onderwerpen", "/onderwerpen?toon=inwoners"):
        page.goto(f"/portal{path}")
        check_staff(page)
    talk = staff_page(Role.CASEWORKER, path="/gesprekken/1", width=width)
    expect(talk.get_by_text("Volgens de inwoner")).to_be_visible()
    assert talk.locator("q *").count() == 0
    check_staff(talk)
