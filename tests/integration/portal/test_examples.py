"""Examples are added, moved, removed and tried in the browser; what is not added is told with the reason."""

import dataclasses

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from db.models import Example, Role, Topic
from portal.app import portal_routes
from portal.door import Understanding
from services.editing.examples import add_examples
from tests.builders import build_topic
from tests.integration.portal.browser import StaffBrowser, open_browser
from tests.integration.portal.conftest import Office

HERE = "/onderwerpen/car/voorbeelden"


@pytest.fixture(autouse=True)
def topics(office: Office) -> None:
    account = office.add(Role.EDITOR, town=office.library, login="eerder")
    with office.database.writing() as session:
        build_topic(session, "car", "Telt mijn auto")
        build_topic(session, "gifts", "Giften krijgen")
        add_examples(session, account, "car", "nl", ["mag ik een auto", "auto en uitkering"])
        add_examples(session, account, "gifts", "nl", ["moet ik een gift melden bij de gemeente"])


def lines(office: Office, name: str = "car") -> list[str]:
    with office.database.reading() as session:
        query = select(Example.text).join(Topic).where(Topic.name == name).order_by(Example.id)
        return list(session.scalars(query))


def box(office: Office, text: str) -> dict[str, str]:
    with office.database.reading() as session:
        return {f"v{session.scalar(select(Example.id).where(Example.text == text))}": "1"}


def test_several_lines_are_added_at_once_and_noted_without_their_text(office: Office, editor: StaffBrowser) -> None:
    response = editor.post(HERE, {"zinnen": "telt me outo mee\r\n\r\nscooter in de bijstand", "taal": "nl"})

    assert response.headers["location"] == f"/portal{HERE}?taal=nl&gedaan=toegevoegd&aantal=2"
    assert lines(office)[2:] == ["telt me outo mee", "scooter in de bijstand"]
    (entry,) = office.entries("add_examples")
    assert entry.detail == {"language": "nl", "number": 2}
    assert "2 voorbeelden toegevoegd" in editor.get("/onderwerpen/car/voorbeelden?gedaan=toegevoegd&aantal=2").text


def test_what_is_not_added_is_told_and_stays_in_the_field(office: Office, editor: StaffBrowser) -> None:
    typed = "mijn bsn is 123456782\nMoet ik een gift melden bij de gemeente?\nMag ik een auto?\nscooter"
    shown = editor.post(HERE, {"zinnen": typed}).text

    assert lines(office)[2:] == ["scooter"]
    assert "Hier staat een persoonlijk gegeven in." in shown
    assert "Deze zin staat al bij" in shown
    assert "Deze zin staat hier al." in shown
    assert "mijn bsn is 123456782\nMoet ik een gift melden bij de gemeente?</textarea>" in shown


def test_a_line_that_looks_like_one_of_another_topic_is_asked_about(office: Office, editor: StaffBrowser) -> None:
    line = "moet ik een auto melden bij de gemeente"
    shown = editor.post(HERE, {"zinnen": line}).text

    assert "% gelijk aan “moet ik een gift melden bij de gemeente”" in shown
    assert "Giften krijgen?" in shown
    assert line not in lines(office)
    assert editor.post(HERE, {"toch_0": line}).status_code == 303
    assert line in lines(office)


def test_lines_move_to_another_topic(office: Office, editor: StaffBrowser) -> None:
    chosen = box(office, "auto en uitkering")
    assert editor.post(f"{HERE}/verplaats", chosen | {"naar": "gifts"}).status_code == 303

    assert lines(office) == ["mag ik een auto"]
    assert "auto en uitkering" in lines(office, "gifts")
    (entry,) = office.entries("move_examples")
    assert entry.detail == {"to": "gifts", "number": 1}


def test_removing_can_be_undone_with_one_press(office: Office, editor: StaffBrowser) -> None:
    shown = editor.post(f"{HERE}/verwijder", box(office, "auto en uitkering")).text

    assert "1 voorbeeld verwijderd: auto en uitkering" in shown
    assert "nog maar 1 voorbeeld" in shown
    assert lines(office) == ["mag ik een auto"]
    assert 'name="toch_0" value="auto en uitkering"' in shown
    editor.post(HERE, {"toch_0": "auto en uitkering", "taal": "nl"})
    assert lines(office) == ["mag ik een auto", "auto en uitkering"]


@pytest.mark.parametrize(
    ("deed", "form"), [("verplaats", {"naar": "gifts"}), ("verplaats", {"v1": "1"}), ("verwijder", {})]
)
def test_without_a_choice_nothing_happens_and_that_is_said(
    office: Office, editor: StaffBrowser, deed: str, form: dict[str, str]
) -> None:
    response = editor.post(f"{HERE}/{deed}", form)

    assert response.status_code == 422
    assert "Kies eerst een of meer voorbeelden." in response.text
    assert len(lines(office)) == 2


def test_a_topic_that_does_not_exist_takes_no_lines(office: Office, editor: StaffBrowser) -> None:
    chosen = box(office, "auto en uitkering")

    assert editor.post(f"{HERE}/verplaats", chosen | {"naar": "parking"}).status_code == 404
    assert len(lines(office)) == 2


def test_an_editor_of_a_municipality_reads_them_and_changes_nothing(office: Office) -> None:
    anna = office.staff(Role.EDITOR)
    shown = anna.get(HERE).text

    assert "mag ik een auto" in shown
    assert "Verwijder" not in shown
    for deed, form in (("", {"zinnen": "nieuw"}), ("/verwijder", box(office, "mag ik een auto"))):
        response = anna.post(HERE + deed, form)
        assert response.status_code == 409
        assert "Alleen de landelijke redactie verandert ze." in response.text
    assert len(lines(office)) == 2


def test_many_examples_come_on_pages_and_can_be_searched(office: Office, editor: StaffBrowser) -> None:
    with office.database.writing() as session:
        topic = session.scalars(select(Topic).where(Topic.name == "car")).one()
        topic.examples += [
            Example(municipality_id=topic.municipality_id, language="nl", text=f"zin nummer {n}") for n in range(130)
        ]

    assert "blad 1 van 3" in editor.get(HERE).text
    assert "zin nummer 129" in editor.get(f"{HERE}?blad=99").text
    shown = editor.get(f"{HERE}?zoek=nummer+12").text
    assert "Nederlands: 11 gevonden" in shown
    assert "zin nummer 7<" not in shown


def test_a_line_can_be_tried_masked_and_is_kept_nowhere(office: Office, editor: StaffBrowser) -> None:
    asked: list[tuple[str, str, str]] = []

    async def understand(*line: str) -> Understanding:
        asked.append((line[0], line[1], line[2]))
        return Understanding(None, (("car", 0.41), ("gifts", 0.3)), "model-1")

    door = dataclasses.replace(office.door, understand=understand)
    browser = open_browser(Starlette(routes=portal_routes(door)), office.runner, office.keys, editor.token)
    shown = browser.post(f"{HERE}/probeer", {"zin": "mijn bsn is 123456782, auto?", "taal": "nl"}).text

    assert asked == [("mijn bsn is [bsn], auto?", "buurstad", "nl")]
    assert "Vraagt door" in shown
    assert "41%" in shown
    assert "bsn" not in str([entry.detail for entry in office.entries()])


def test_without_rasa_that_is_said(editor: StaffBrowser) -> None:
    assert "Het begrip is nu niet bereikbaar." in editor.post(f"{HERE}/probeer", {"zin": "auto"}).text
