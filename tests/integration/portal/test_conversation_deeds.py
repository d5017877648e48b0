"""Take over, answer, put aside, give back, close: over the staff's door, with what a form and a page get back."""

import pytest
from sqlalchemy import select

from db.models import Account, Conversation, ConversationState, Message, MessageKind, Role
from tests.conversations import build_conversation
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def sanne(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="sanne", name="Sanne de Wit", shown_as="Sanne")


@pytest.fixture
def browser(office: Office, sanne: Account) -> StaffBrowser:
    return office.sign_in(sanne)


@pytest.fixture
def conversation(office: Office) -> int:
    with office.database.writing() as session:
        return build_conversation(session, office.town).id


def now(office: Office, conversation: int) -> Conversation:
    with office.database.reading() as session:
        return session.get_one(Conversation, conversation)


def replies(office: Office) -> list[str]:
    with office.database.reading() as session:
        return list(session.scalars(select(Message.text).where(Message.kind == MessageKind.STAFF)))


def test_the_whole_way_is_noted_and_rung(office: Office, browser: StaffBrowser, conversation: int) -> None:
    here = f"/gesprekken/{conversation}"
    deeds: list[tuple[str, dict[str, str], ConversationState]] = [
        ("overnemen", {}, ConversationState.HUMAN),
        ("antwoord", {"tekst": "Dag!", "nummer": "1"}, ConversationState.HUMAN),
        ("wegleggen", {"tot": "morgen"}, ConversationState.SNOOZED), ("teruggeven", {}, ConversationState.BOT),
        ("overnemen", {}, ConversationState.HUMAN), ("sluiten", {}, ConversationState.CLOSED),
    ]  # fmt: skip
    for path, form, state in deeds:
        response = browser.post(f"{here}/{path}?toon=wacht", form)
        assert (response.status_code, response.headers["location"]) == (303, f"/portal{here}?toon=wacht#laatste")
        assert now(office, conversation).state is state

    assert replies(office) == ["Dag!"]
    assert [entry.deed for entry in office.entries()] == [
        "take_over",
        "reply",
        "snooze",
        "give_back",
        "take_over",
        "close",
    ]
    assert {entry.subject for entry in office.entries()} == {f"conversation {conversation}"}
    assert office.woken == [conversation] * 6
    assert len(office.forgotten) == 1


def test_what_a_colleague_writes_stands_nowhere_in_the_log(
    office: Office, browser: StaffBrowser, conversation: int
) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": "geheim", "nummer": "1"})
    browser.get("/gesprekken?zoek=geheim")

    assert "geheim" not in str([(entry.subject, entry.detail) for entry in office.entries()])


def test_the_same_form_twice_says_it_once(office: Office, browser: StaffBrowser, conversation: int) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    for _ in range(2):
        browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": "Dag!", "nummer": "een"})

    assert replies(office) == ["Dag!"]


def test_a_page_with_a_script_gets_the_number_of_its_next_answer(
    office: Office, browser: StaffBrowser, conversation: int
) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    response = browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": "Dag!", "nummer": "1"}, BY_SCRIPT)

    assert response.status_code == 200
    assert 'name="nummer"' in response.text
    assert "Dag!" not in response.text


@pytest.mark.parametrize(("text", "told"), [("  ", "Typ eerst uw antwoord."), ("x" * 2_001, "te lang")])
def test_a_text_that_is_none_or_too_much_comes_back_with_why(
    office: Office, browser: StaffBrowser, conversation: int, text: str, told: str
) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    whole = browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": text, "nummer": "1"})
    piece = browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": text, "nummer": "1"}, BY_SCRIPT)

    assert (whole.status_code, piece.status_code) == (422, 422)
    assert told in whole.text
    assert told in piece.text
    assert text.strip() in whole.text
    assert replies(office) == []


def test_the_second_of_two_reads_who_has_it(office: Office, browser: StaffBrowser, conversation: int) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    other = office.staff(Role.CASEWORKER)
    response = other.post(f"/gesprekken/{conversation}/overnemen")

    assert response.status_code == 409
    assert "Sanne de Wit heeft dit gesprek nu." in response.text
    assert "Ja, neem over van Sanne de Wit" in response.text


def test_one_takes_over_from_the_colleague_one_knows_of_and_from_no_other(
    office: Office, browser: StaffBrowser, sanne: Account, conversation: int
) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    piet, third = office.staff(Role.CASEWORKER), office.staff(Role.CASEWORKER)
    instead = {"in_plaats_van": str(sanne.id)}

    assert piet.post(f"/gesprekken/{conversation}/overnemen", instead).status_code == 303
    assert third.post(f"/gesprekken/{conversation}/overnemen", instead).status_code == 409


def test_who_lost_the_conversation_gets_back_what_was_typed(
    office: Office, browser: StaffBrowser, sanne: Account, conversation: int
) -> None:
    browser.post(f"/gesprekken/{conversation}/overnemen")
    office.staff(Role.CASEWORKER).post(f"/gesprekken/{conversation}/overnemen", {"in_plaats_van": str(sanne.id)})
    response = browser.post(f"/gesprekken/{conversation}/antwoord", {"tekst": "mijn lange antwoord", "nummer": "1"})

    assert response.status_code == 409
    assert "heeft dit gesprek nu." in response.text
    assert "mijn lange antwoord</textarea>" in response.text
    assert replies(office) == []


@pytest.mark.parametrize("path", ["antwoord", "wegleggen", "teruggeven", "sluiten"])
def test_without_having_it_one_does_nothing(
    office: Office, browser: StaffBrowser, conversation: int, path: str
) -> None:
    response = browser.post(f"/gesprekken/{conversation}/{path}", {"tekst": "Dag", "nummer": "1"})

    assert response.status_code == 409
    assert "U heeft dit gesprek niet." in response.text
    assert now(office, conversation).state is ConversationState.BOT
    assert [entry.deed for entry in office.entries()] == ["read_conversation"]


def test_an_open_page_tells_up_to_where_it_was_seen(office: Office, browser: StaffBrowser, conversation: int) -> None:
    for given, expected in (("1", 1), ("0", 1), ("x", 1), ("99", 1)):
        assert browser.post(f"/gesprekken/{conversation}/gezien", {"tot": given}).status_code == 200
        assert now(office, conversation).staff_seen_seq == expected
