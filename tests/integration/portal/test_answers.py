"""An answer is written in the browser: looked at, refused, confirmed, saved; and nothing that was typed is lost."""

from datetime import date

import pytest
from sqlalchemy import select

from db.models import AnswerRevision, Role, Topic
from services.answer_topic import answer_topic
from services.phrases import Phrases
from tests.builders import build_topic
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

HERE = "/onderwerpen/wealth_limit"
TEXT = f"{HERE}/tekst"


@pytest.fixture(autouse=True)
def topic(office: Office) -> None:
    with office.database.writing() as session:
        build_topic(session, "wealth_limit", "Hoeveel spaargeld", more="Alles telt samen.")


def written(office: Office, municipality_id: int = 0) -> list[AnswerRevision]:
    with office.database.reading() as session:
        owner = municipality_id or office.library.id
        query = select(AnswerRevision).join(Topic).where(Topic.municipality_id == owner).order_by(AnswerRevision.id)
        return list(session.scalars(query))


def form(office: Office, **other: str) -> dict[str, str]:
    """As the page gives it, with another Dutch answer."""
    filled = {
        "stap": "bewaar", "gebaseerd": str(written(office)[-1].id), "van": "2026-11-23", "tot": "",
        "nl_answer": "U mag {pw_vermogensgrens.alleenstaande} hebben.", "en_answer": "You may.",
        "bron_0_tekst": "artikel 34", "bron_0_adres": "https://wetten.overheid.nl/BWBR0015703/",
    }  # fmt: skip
    return filled | other


def reads(office: Office, on: date = date(2026, 11, 23), town: int = 0) -> str:
    with office.database.reading() as session:
        where = office.stranger if town == office.stranger.id else office.town
        return answer_topic(session, office.door.figures, Phrases(session, where, "nl"), "wealth_limit", on).text


def test_the_form_begins_with_the_text_of_today(editor: StaffBrowser) -> None:
    shown = editor.get(TEXT).text

    assert "U mag spaargeld hebben. Hoeveel hangt af van uw gezin.</textarea>" in shown
    assert "Alles telt samen.</textarea>" in shown
    assert 'value="artikel 34 Participatiewet"' in shown
    assert 'name="van" value="2026-11-23"' in shown


def test_an_amount_bearing_answer_is_live_at_the_next_question(office: Office, editor: StaffBrowser) -> None:
    response = editor.post(TEXT, form(office))

    assert response.headers["location"] == "/portal/onderwerpen/wealth_limit?gedaan=bewaard"
    assert reads(office) == "U mag **€\u00a08.000** hebben."
    (entry,) = office.entries("revise_answer")
    assert entry.detail == {"revision": written(office)[-1].id, "from": "2026-11-23"}
    assert entry.subject == "topic wealth_limit"


def test_looking_saves_nothing_and_keeps_all_that_was_typed(office: Office, editor: StaffBrowser) -> None:
    shown = editor.post(TEXT, form(office, stap="bekijk", nl_to_do="Bel <b>ons</b>.", dag="2026-12-31")).text

    assert "U mag <strong>€\u00a08.000</strong> hebben." in shown
    assert "Bel &lt;b&gt;ons&lt;/b&gt;.</textarea>" in shown
    assert len(written(office)) == 1
    assert office.entries("revise_answer") == []


def test_what_would_mislead_is_told_in_dutch_and_not_saved(office: Office, editor: StaffBrowser) -> None:
    wrong = form(office, nl_answer="U mag € 8.000 hebben en {pw_niets}.", bron_0_adres="wet", tot="2026-01-01")
    response = editor.post(TEXT, wrong)

    assert response.status_code == 422
    for sentence in (
        "Er is nog niets bewaard",
        "€ 8.000 is een bedrag dat met de wet verandert. Schrijf {pw_vermogensgrens.alleenstaande}.",
        "Er is geen bedrag met de naam {pw_niets}.",
        "De laatste dag ligt vóór de eerste dag.",
        "De bron “artikel 34 wet” is niet compleet.",
    ):
        assert sentence in response.text
    assert "U mag € 8.000 hebben en {pw_niets}.</textarea>" in response.text
    assert len(written(office)) == 1


def test_what_may_be_meant_so_is_asked_and_then_saved(office: Office, editor: StaffBrowser) -> None:
    doubtful = form(office, nl_answer="Indien u werkt, mag het.", en_answer="")
    asked = editor.post(TEXT, doubtful)

    assert asked.status_code == 422
    assert "“indien” is een moeilijk woord. Schrijf: als." in asked.text
    assert "Er is geen Engelse tekst." in asked.text
    mark = asked.text.split('name="bevestigd" value="')[1].split('"')[0]
    del doubtful["stap"]
    assert editor.post(TEXT, doubtful | {"bevestigd": mark}).status_code == 303
    assert reads(office).startswith("Indien u werkt, mag het.")


@pytest.mark.parametrize("typed", ["", "morgen", "2026-02-30"])
def test_a_day_that_is_none_is_told_and_nothing_is_lost(office: Office, editor: StaffBrowser, typed: str) -> None:
    response = editor.post(TEXT, form(office, van=typed, nl_answer="Een lange tekst."))

    assert (response.status_code, len(written(office))) == (422, 1)
    assert "Vul een dag in als 2027-01-01." in response.text
    assert "Een lange tekst.</textarea>" in response.text


def test_who_was_overtaken_sees_both_texts_and_can_go_on(office: Office, editor: StaffBrowser) -> None:
    mine = form(office, nl_answer="Mijn tekst.")
    editor.post(TEXT, form(office, nl_answer="De tekst van een collega."))
    response = editor.post(TEXT, mine)

    assert response.status_code == 409
    assert "Een collega bewaarde intussen een andere tekst" in response.text
    assert "<del>" in response.text
    assert "Mijn tekst.</textarea>" in response.text
    newest = response.text.split('name="gebaseerd" value="')[1].split('"')[0]
    assert editor.post(TEXT, mine | {"gebaseerd": newest}).status_code == 303
    assert reads(office).startswith("Mijn tekst.")


def test_a_planned_text_can_be_called_off(office: Office, editor: StaffBrowser) -> None:
    response = editor.post(TEXT, form(office, van="2027-01-01", nl_answer="Vanaf januari."))
    assert response.headers["location"].endswith("?gedaan=gepland")
    assert reads(office, date(2027, 1, 1)).startswith("Vanaf januari.")

    assert "Trek in" in editor.get(HERE).text
    number = str(written(office)[-1].id)
    assert editor.post(f"{HERE}/intrekken", {"tekst": number}).status_code == 303
    assert reads(office, date(2027, 1, 1)).startswith("U mag spaargeld hebben.")
    assert office.entries("call_off_answer")[-1].detail == {"revision": int(number)}


@pytest.mark.parametrize(("number", "status"), [("", 404), ("x", 404), ("999", 404), ("now", 409)])
def test_only_a_planned_text_of_this_topic_can_be_called_off(
    office: Office, editor: StaffBrowser, number: str, status: int
) -> None:
    given = str(written(office)[-1].id) if number == "now" else number

    assert editor.post(f"{HERE}/intrekken", {"tekst": given}).status_code == status
    assert written(office)[-1].withdrawn_at is None


def test_two_texts_are_shown_beside_each_other(office: Office, editor: StaffBrowser) -> None:
    editor.post(TEXT, form(office))
    old, new = (one.id for one in written(office))
    shown = editor.get(f"{HERE}?oud={old}&nieuw={new}").text

    assert "<del>" in shown
    assert "<ins>" in shown
    assert "{pw_vermogensgrens.alleenstaande}" in shown


def test_an_editor_of_a_municipality_writes_an_own_text_and_goes_back(office: Office) -> None:
    anna = office.staff(Role.EDITOR)
    assert "krijgt Voorbeeldstad een eigen tekst" in anna.get(TEXT).text
    assert anna.post(TEXT, form(office, nl_answer="Bij ons zo.")).status_code == 303

    assert reads(office).startswith("Bij ons zo.")
    assert not reads(office, town=office.stranger.id).startswith("Bij ons zo.")
    assert "eigen tekst van Voorbeeldstad" in anna.get(HERE).text
    assert "Bij ons zo." in anna.get(f"{HERE}/landelijk").text
    assert anna.post(f"{HERE}/landelijk").status_code == 303
    assert reads(office).startswith("U mag spaargeld hebben.")
    assert anna.post(f"{HERE}/landelijk").status_code == 409


def test_the_own_text_of_one_municipality_is_nowhere_in_another(office: Office) -> None:
    office.staff(Role.EDITOR).post(TEXT, form(office, nl_answer="Bij ons zo."))
    bob = office.staff(Role.EDITOR, town=office.stranger)
    own = written(office, office.town.id)[-1]

    for address in (HERE, TEXT, f"{HERE}?oud={own.id}&nieuw={own.id}", f"{TEXT}?uit={own.id}"):
        assert "Bij ons zo." not in bob.get(address).text
    assert bob.post(f"{HERE}/intrekken", {"tekst": str(own.id)}).status_code == 404


def test_a_session_that_ended_gives_back_what_was_typed(office: Office, editor: StaffBrowser) -> None:
    response = editor.post(TEXT, form(office, nl_answer="Een lange tekst."), csrf=False)

    assert response.status_code == 403
    assert "Een lange tekst." in response.text
    assert "Verstuur opnieuw" in response.text
