"""What residents said of the answers, on the pages of an editor and beside the answer for a caseworker."""

import pytest

from db.models import AnswerRevision, Role, Topic
from tests.builders import build_topic
from tests.feedback import build_feedback
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office
from tests.integration.web.test_lines import PAYLOADS

HERE = "/onderwerpen/wealth_limit"


@pytest.fixture
def text(office: Office) -> AnswerRevision:
    with office.database.writing() as session:
        build_topic(session, "car", "Telt mijn auto")
        topic: Topic = build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        return topic.revisions[0]


@pytest.fixture
def anna(office: Office) -> StaffBrowser:
    return office.staff(Role.EDITOR)


def tell(
    office: Office, text: AnswerRevision, right: bool = False, remark: str | None = None, topic: str = "wealth_limit"
) -> None:
    with office.database.writing() as session:
        build_feedback(session, office.town, right, remark, topic, text.id)


def test_nothing_said_yet_says_what_will_stand_there(anna: StaffBrowser, text: AnswerRevision) -> None:
    assert "Nog geen inwoner heeft gezegd of dit antwoord klopt." in anna.get(HERE).text
    assert "Er zijn geen opmerkingen" in anna.get(f"{HERE}/opmerkingen").text


def test_a_topic_tells_how_often_a_text_was_right(office: Office, anna: StaffBrowser, text: AnswerRevision) -> None:
    for right in (True, True, False):
        tell(office, text, right)
    page = anna.get(HERE).text

    assert f"(nummer {text.id})" in page
    assert '<td class="cijfer">2</td><td class="cijfer">1</td>' in page
    assert "Niemand schreef er iets bij." in page


def test_reading_what_residents_wrote_is_noted_and_the_topic_shows_none_of_it(
    office: Office, anna: StaffBrowser, text: AnswerRevision
) -> None:
    tell(office, text, remark="Het bedrag is van vorig jaar")
    topic = anna.get(HERE).text
    assert "vorig jaar" not in topic
    assert "Lees de opmerking</a>" in topic
    assert office.entries("read_remarks") == []

    assert "Het bedrag is van vorig jaar" in anna.get(f"{HERE}/opmerkingen").text
    assert [entry.subject for entry in office.entries("read_remarks")] == ["topic wealth_limit"]


def test_the_library_sees_counts_and_no_words(office: Office, editor: StaffBrowser, text: AnswerRevision) -> None:
    tell(office, text, remark="mijn naam is Fatima")
    page = editor.get(HERE).text
    refused = editor.get(f"{HERE}/opmerkingen")

    assert '<td class="cijfer">0</td><td class="cijfer">1</td>' in page
    assert "leest alleen hun eigen gemeente" in page
    assert "/opmerkingen" not in page
    assert refused.status_code == 409
    assert "Fatima" not in page + refused.text


def test_another_municipality_sees_neither(office: Office, text: AnswerRevision) -> None:
    tell(office, text, remark="mijn naam is Fatima")
    bob = office.staff(Role.EDITOR, town=office.stranger)

    assert "Nog geen inwoner" in bob.get(HERE).text
    assert "Er zijn geen opmerkingen" in bob.get(f"{HERE}/opmerkingen").text


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ADMINISTRATOR])
def test_only_an_editor_reads_them(office: Office, text: AnswerRevision, role: Role) -> None:
    assert office.staff(role).get(f"{HERE}/opmerkingen").status_code == 403


def test_the_list_shows_and_sorts_what_is_not_right(office: Office, anna: StaffBrowser, text: AnswerRevision) -> None:
    with office.database.writing() as session:
        car = session.query(Topic).filter_by(name="car").one().revisions[0]
    for one, topic in ((text, "wealth_limit"), (car, "car"), (car, "car")):
        tell(office, one, topic=topic)
    tell(office, text, right=True)

    assert "1<span" in anna.get("/onderwerpen").text
    listed = anna.get("/onderwerpen?toon=inwoners").text
    assert "2 onderwerpen gevonden" in listed
    assert listed.index("Telt mijn auto?") < listed.index("Hoeveel spaargeld?")
    assert "Niet goed volgens inwoners" in listed


def test_a_caseworker_sees_it_beside_the_answer(office: Office, caseworker: StaffBrowser, text: AnswerRevision) -> None:
    with office.database.writing() as session:
        build_feedback(session, office.town, False, "Het bedrag <b>is</b> oud", revision=text.id)
        build_feedback(session, office.town, True, revision=text.id)
    wrong, right = (caseworker.get(f"/gesprekken/{number}").text for number in (1, 2))

    assert 'klopt niet</strong>, <q dir="auto">Het bedrag &lt;b&gt;is&lt;/b&gt; oud</q>.' in wrong
    assert "Volgens de inwoner: klopt." in right


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_remark_is_shown_as_the_text_it_is(
    office: Office, anna: StaffBrowser, text: AnswerRevision, payload: str
) -> None:
    tell(office, text, remark=payload)
    page = anna.get(f"{HERE}/opmerkingen").text.split('class="opmerkingen"')[1].split("</ol>")[0]

    assert not any(tag in page for tag in ("<script", "<img", "<svg", "<b ", "<textarea"))
    assert "49" not in page
