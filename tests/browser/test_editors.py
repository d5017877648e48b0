"""The editors' pages in a real browser: writing with a preview, examples, training; also without scripts."""

import pytest
from playwright.sync_api import Dialog, expect
from sqlalchemy import select

from db.models import Account, Example, Role, RunState, Topic
from services.editing.changes import TRAINED_ON, marks_of
from services.editing.examples import add_examples
from services.model_versions import keep_version, make_live
from services.publication import claim_run, refuse, tell_progress
from services.training_material import training_material
from tests.browser.measures import overflow, walk
from tests.browser.portal_measures import check
from tests.browser.portal_stand_in import Portal, StaffPage
from tests.browser.stand_in import now

HERE = "/onderwerpen/wealth_limit"
AMOUNT = "Woont u alleen? Dan mag u tot {pw_vermogensgrens.alleenstaande} hebben."
AFTER = {"messages": 800, "top1": 0.8, "top3": 0.9, "coverage": 0.8, "wrong_answers": 0.04, "not_ours_answered": 0.05}
PAGES = ("/onderwerpen", HERE, f"{HERE}/tekst", f"{HERE}/voorbeelden", "/begrip", "/begrip/terug/oud")


@pytest.fixture
def editor(portal: Portal) -> Account:
    """Of the library; with examples, and two models that were live."""
    account = portal.account(Role.EDITOR, town=portal.library, login="redactie")
    with portal.database.writing() as session:
        add_examples(session, account, "wealth_limit", "nl", ["mag ik sparen", "hoeveel op de bank"])
        add_examples(session, account, "what_to_report", "nl", ["moet ik een gift melden bij de gemeente"])
        made_of = marks_of(training_material(session))
        for version in ("oud", "nieuw"):
            manifest = {TRAINED_ON: made_of, "examples": 3, "topics": ["wealth_limit"]}
            keep_version(session, version, f"{version}.tar.gz", manifest, now())
            make_live(session, version, now())
    return account


@pytest.mark.parametrize("js", [True, False])
def test_an_amount_bearing_answer_is_looked_at_mended_and_saved(
    portal: Portal, editor: Account, staff_page: StaffPage, js: bool
) -> None:
    page = staff_page(account=editor, path=HERE, js=js)
    page.get_by_role("link", name="Bewerk de tekst").click()
    answer = page.get_by_label("Antwoord", exact=True).first
    answer.fill("U mag € 8.000 hebben.")
    page.locator("#en_answer").fill("You can have {pw_vermogensgrens.alleenstaande}.")
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf {pw_vermogensgrens.alleenstaande}")
    page.locator("#nl_answer").fill(AMOUNT)
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.locator(".proef__bel")).to_contain_text("Dan mag u tot €\u00a08.000 hebben.")
    expect(page.get_by_text("Geen opmerkingen. Er is nog niets bewaard.")).to_be_visible()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Bij de volgende vraag lezen inwoners deze tekst.")).to_be_visible()
    expect(page.get_by_text("Nu te lezen")).to_be_visible()
    expect(page.get_by_text("Voorbij")).to_be_visible()
    page.get_by_role("button", name="Vergelijk oud en nieuw").click()
    expect(page.locator("ins").first).to_contain_text("Woont u alleen?")


def test_words_are_counted_while_one_types_and_an_amount_is_put_in_by_a_press(
    editor: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=editor, path=f"{HERE}/tekst")
    page.locator("#nl_answer").fill("U mag ")
    page.get_by_text("Bedragen en gegevens die u kunt gebruiken").click()
    page.get_by_label("Zoek een bedrag").fill("vermogensgrens.alleenstaande}")
    expect(page.locator(".bedragenlijst li:visible")).to_have_count(1)
    page.get_by_role("button", name="Zet {pw_vermogensgrens.alleenstaande} in de tekst").click()
    expect(page.locator("#nl_answer")).to_have_value("U mag {pw_vermogensgrens.alleenstaande}")
    expect(page.locator("#nl_answer-teller")).to_have_text("3 van 60 woorden samen · langste zin 3 van 20")
    page.locator("#nl_answer").fill("woord " * 61)
    expect(page.locator("#nl_answer-teller")).to_have_class("teller teller--vol")


def test_leaving_with_something_unsaved_is_asked_about(editor: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=editor, path=f"{HERE}/tekst")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("#nl_answer").press_sequentially("Nieuw ")
    page.get_by_role("link", name="Stop zonder te bewaren").click()
    expect(page.locator("#nl_answer")).to_be_visible()
    assert asked == ["beforeunload"]


def test_examples_are_added_moved_and_removed_with_a_warning_for_neighbours(
    portal: Portal, editor: Account, staff_page: StaffPage
) -> None:
    page = staff_page(account=editor, path=f"{HERE}/voorbeelden")
    page.get_by_label("Nieuwe voorbeelden in het Nederlands").fill(
        "spaargeld grens\nmoet ik een erfenis melden bij de gemeente\nmijn bsn is 123456782"
    )
    page.get_by_role("button", name="Voeg toe", exact=True).click()
    expect(page.get_by_text("1 voorbeeld toegevoegd.")).to_be_visible()
    expect(page.get_by_text("84% gelijk aan")).to_contain_text("Wat moet ik doorgeven?")
    expect(page.get_by_label("Nieuwe voorbeelden in het Nederlands")).to_have_value("mijn bsn is 123456782")
    check(page)
    page.get_by_label("moet ik een erfenis melden bij de gemeente").check()
    page.get_by_role("button", name="Voeg toe wat ik aankruis").click()
    page.get_by_label("moet ik een erfenis melden bij de gemeente").check()
    expect(page.get_by_text("1 gekozen")).to_be_visible()
    page.get_by_label("Verplaats naar").select_option("what_to_report")
    page.get_by_role("button", name="Verplaats", exact=True).click()
    expect(page.get_by_text("1 voorbeeld verplaatst naar: Wat moet ik doorgeven?")).to_be_visible()
    page.get_by_role("button", name="Kies alles").click()
    page.get_by_role("button", name="Verwijder").click()
    expect(page.get_by_text("3 voorbeelden verwijderd")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Zet terug").click()
    expect(page.get_by_text("3 voorbeelden toegevoegd.")).to_be_visible()
    with portal.database.reading() as session:
        query = select(Example.text).join(Topic).where(Topic.name == "wealth_limit")
        assert set(session.scalars(query)) == {"mag ik sparen", "hoeveel op de bank", "spaargeld grens"}


@pytest.mark.parametrize("js", [True, False])
def test_a_training_is_followed_to_the_reason_of_its_refusal(
    portal: Portal, editor: Account, staff_page: StaffPage, js: bool
) -> None:
    page = staff_page(account=editor, path="/begrip", js=js)
    page.get_by_role("button", name="Train en zet live").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "0")
    with portal.database.writing() as session:
        run = claim_run(session, "worker", now())
        assert run is not None
        tell_progress(session, run.id, "worker", RunState.TRAINING, "folds", 1, 2, now())
    if not js:
        page.get_by_role("link", name="Ververs").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "75")
    reasons = [{"code": "top1_fell", "before": 0.85, "after": 0.8}]
    with portal.database.writing() as session:
        refuse(session, run.id, "worker", "v", {"after": AFTER, "reasons": reasons}, now())
    if not js:
        page.get_by_role("link", name="Ververs").click()
    expect(page.get_by_text("Het nieuwe model was slechter. Daarom is het niet live gezet.")).to_be_visible()
    expect(page.get_by_text("Minder zinnen worden goed begrepen: eerst 85,0%, nu 80,0%.")).to_be_visible()
    page.get_by_role("link", name="Ga terug").click()
    page.get_by_role("button", name="Ga terug naar dit model").click()
    expect(page.get_by_role("heading", name="Terug naar model oud")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_every_page_can_be_used_by_everybody(
    portal: Portal, editor: Account, staff_page: StaffPage, width: int, scheme: str
) -> None:
    page = staff_page(account=editor, width=width, scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    for path in PAGES:
        page.goto(f"/portal{path}")
        check(page)
    page.goto(f"/portal{HERE}/tekst")
    page.locator("#nl_answer").fill("Indien {pw_niets} " + "woord " * 30)
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.goto("/portal/begrip")
    page.get_by_role("button", name="Train en zet live").click()
    check(page)
    # A refused form is answered with 422, which the console tells too.
    assert [told for told in complaints if "422" not in told] == []


def test_an_editor_of_a_municipality_writes_an_own_text_and_goes_back(portal: Portal, staff_page: StaffPage) -> None:
    page = staff_page(Role.EDITOR, path=HERE, width=360)
    page.get_by_role("link", name="Maak een eigen tekst").click()
    expect(page.get_by_text("krijgt Voorbeeldstad een eigen tekst")).to_be_visible()
    page.locator("#nl_answer").fill("Bij ons gaat het zo.")
    page.locator("#en_answer").fill("This is how we do it.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("eigen tekst van Voorbeeldstad")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Terug naar de landelijke tekst").click()
    check(page)
    page.get_by_role("button", name="Neem de landelijke tekst").click()
    expect(page.get_by_text("Inwoners lezen weer de landelijke tekst.")).to_be_visible()


def test_twice_as_large_letters_fit_at_320_pixels(editor: Account, staff_page: StaffPage) -> None:
    page = staff_page(account=editor, width=320)
    for path in PAGES:
        page.goto(f"/portal{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, path


@pytest.mark.parametrize("path", [f"{HERE}/tekst", f"{HERE}/voorbeelden"])
def test_the_tab_key_reaches_everything_and_one_sees_where_it_is(
    editor: Account, staff_page: StaffPage, path: str
) -> None:
    page = staff_page(account=editor, path=path)
    stops = walk(page, most=80)

    assert len(stops) > 15
    assert [stop for stop in stops if not stop["ring"]] == []
    assert [stop for stop in stops if not stop["seen"]] == []
