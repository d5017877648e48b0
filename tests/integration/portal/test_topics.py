"""The list of topics and one topic, as an editor of the library and one of a municipality see them."""

from pathlib import Path

import pytest

import portal
from db.models import Role
from portal.topic_parts import MOST_AT_ONCE, ORDER
from tests.builders import CONTENT, build_topic
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office


@pytest.fixture(autouse=True)
def topics(office: Office) -> None:
    with office.database.writing() as session:
        build_topic(session, "wealth_limit", "Hoeveel spaargeld", "U mag {pw_vermogensgrens.alleenstaande} hebben.")
        build_topic(session, "car", "Telt mijn auto", municipality=office.stranger)


def test_the_list_shows_what_this_municipality_reads(office: Office, editor: StaffBrowser) -> None:
    assert "Hoeveel spaargeld?" in editor.get("/onderwerpen").text
    assert "Telt mijn auto?" not in editor.get("/onderwerpen").text
    assert "Telt mijn auto?" in office.staff(Role.EDITOR, town=office.stranger).get("/onderwerpen").text


def test_a_search_without_result_says_what_to_do(editor: StaffBrowser) -> None:
    shown = editor.get("/onderwerpen?zoek=<b>parkeren</b>").text

    assert "Niets gevonden" in shown
    assert "&lt;b&gt;parkeren&lt;/b&gt;" in shown
    assert "Hoeveel spaargeld?" in editor.get("/onderwerpen?zoek=spaargeld").text


@pytest.mark.parametrize("show", ["aandacht", "gepland", "eigen", "onzin"])
def test_the_list_can_be_narrowed(editor: StaffBrowser, show: str) -> None:
    shown = editor.get(f"/onderwerpen?toon={show}").text

    assert ("Hoeveel spaargeld?" in shown) == (show == "onzin")


def test_a_long_list_is_shown_one_part_at_a_time(office: Office) -> None:
    with office.database.writing() as session:
        for number in range(MOST_AT_ONCE):
            build_topic(session, f"work_{number}", f"Werk {number:02}").section = "werk"
        build_topic(session, "elsewhere_ww", "Waar is de WW").section = "elders"
    editor = office.staff(Role.EDITOR, town=office.library)
    first, other, all_of_it = (editor.get(f"/onderwerpen{asked}").text for asked in ("", "?deel=elders", "?deel=alles"))

    assert [("Werk 59?" in shown, "Waar is de WW?" in shown) for shown in (first, other, all_of_it)] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    assert 'deel=elders&amp;zoek=&amp;toon=">Hoort ergens anders <span class="stil">1</span>' in first


@pytest.mark.parametrize("asked", ["deel=onzin", "deel=&zoek=spaargeld", "deel=<script>"])
def test_a_part_that_does_not_exist_is_passed_over(editor: StaffBrowser, asked: str) -> None:
    shown = editor.get(f"/onderwerpen?{asked}").text

    assert "Hoeveel spaargeld?" in shown
    assert "<script>" not in shown.replace("<script src", "")


def test_every_part_of_the_content_has_a_place_and_a_name(editor: StaffBrowser) -> None:
    folders = {path.name for path in (CONTENT / "topics").iterdir()}
    named = (Path(portal.__file__).parent / "templates" / "redactie.html").read_text(encoding="utf-8")

    assert folders == set(ORDER)
    assert all(f'"{folder}": "' in named for folder in folders)


def test_an_empty_installation_says_what_will_stand_here(office: Office) -> None:
    with office.database.writing() as session:
        session.query(type(build_topic(session, "x"))).delete()

    assert "Er zijn nog geen onderwerpen" in office.staff(Role.EDITOR, town=office.library).get("/onderwerpen").text


def test_a_topic_shows_what_residents_read_on_a_day_in_a_municipality(office: Office, editor: StaffBrowser) -> None:
    shown = editor.get("/onderwerpen/wealth_limit").text
    assert "U mag <strong>€\u00a08.000</strong> hebben." in shown
    assert "Bron: artikel 34 Participatiewet · bedragen per 1 januari 2026" in shown

    before = editor.get(f"/onderwerpen/wealth_limit?dag=2019-12-31&gemeente={office.stranger.id}").text
    assert "Hierover heb ik nu geen antwoord dat zeker klopt." in before
    assert f'<option value="{office.stranger.id}" selected>' in before


def test_an_editor_of_a_municipality_looks_there_and_nowhere_else(office: Office) -> None:
    anna = office.staff(Role.EDITOR)
    shown = anna.get(f"/onderwerpen/wealth_limit?gemeente={office.stranger.id}").text

    assert "Buurstad" not in shown
    assert anna.get("/onderwerpen/car").status_code == 404


@pytest.mark.parametrize(
    "asked", ["dag=morgen&taal=xx&gemeente=0", "oud=1&nieuw=99", "oud=x&nieuw=", "gedaan=<script>"]
)
def test_an_address_that_somebody_made_up_does_no_harm(editor: StaffBrowser, asked: str) -> None:
    response = editor.get(f"/onderwerpen/wealth_limit?{asked}")

    assert response.status_code == 200
    assert "<script>" not in response.text.replace("<script src", "")
