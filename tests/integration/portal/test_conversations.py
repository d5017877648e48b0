"""The list and the transcript as pages: what stands on them, who reads them, and what is written down of it."""

import re
from datetime import timedelta

import pytest
from starlette.datastructures import QueryParams

from db.models import Account, Channel, Conversation, ConversationState, MessageKind, Role
from portal.conversations_asked import Asked, asked_for, read_place, written
from services.conversation_list.order import Filters, Place, View
from tests.builders import NOW, build_topic
from tests.conversations import build_conversation, build_message
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

WAITING, HUMAN = ConversationState.WAITING, ConversationState.HUMAN


@pytest.fixture
def sanne(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="sanne", name="Sanne de Wit", shown_as="Sanne")


@pytest.fixture
def browser(office: Office, sanne: Account) -> StaffBrowser:
    return office.sign_in(sanne)


def add(office: Office, *lines: str, **fields: object) -> int:
    with office.database.writing() as session:
        return build_conversation(session, office.town, *lines, **fields).id  # type: ignore[arg-type]


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="g(\d+)"', page)]


def seen(office: Office, conversation: int) -> int:
    with office.database.reading() as session:
        return session.get_one(Conversation, conversation).staff_seen_seq


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"bot", "waits", "mine", "over"}), ("toon=wacht", {"waits"}), ("toon=van-mij", {"mine"}),
        ("toon=wacht-op-u", {"mine"}), ("toon=chatbot", {"bot"}), ("toon=gesloten", {"over"}),
        ("kanaal=telegram", {"waits"}), ("onderwerp=wealth_limit", {"bot"}),
        ("ongelezen=1", {"bot", "waits", "mine"}), ("zoek=caravan", {"over"}),
        ("zoek=caravan&toon=wacht", set()),
        ("toon=onzin&kanaal=post&onderwerp=%00&na=x&voor=1", {"bot", "waits", "mine", "over"}),
    ],
)  # fmt: skip
def test_the_list_shows_what_is_asked_for(
    office: Office, browser: StaffBrowser, sanne: Account, asked: str, expected: set[str]
) -> None:
    made = {
        "bot": add(office, topic="wealth_limit"),
        "waits": add(office, state=WAITING, waiting_since=NOW, channel=Channel.TELEGRAM),
        "mine": add(office, state=HUMAN, assigned_to=sanne.id, human_since=NOW),
        "over": add(office, "mijn caravan", state=ConversationState.CLOSED, staff_seen_seq=1),
    }
    page = browser.get(f"/gesprekken?{asked}")

    assert page.status_code == 200
    assert set(listed(page.text)) == {made[name] for name in expected}


def test_every_empty_list_says_what_will_stand_there(browser: StaffBrowser) -> None:
    told = {
        re.search(r'leeg__kop">([^<]+)', browser.get(f"/gesprekken?{asked}").text)[1]  # type: ignore[index]
        for asked in ("", "toon=wacht", "toon=wacht-op-u", "toon=van-mij", "zoek=boot", "kanaal=telegram")
    }
    assert len(told) == 6


def test_paging_goes_on_with_the_same_filters(office: Office, browser: StaffBrowser) -> None:
    with office.database.writing() as session:
        for number in range(60):
            at = NOW - timedelta(minutes=number)
            build_conversation(session, office.town, channel=Channel.TELEGRAM, at=at)
            build_conversation(session, office.town, at=at)
    first = browser.get("/gesprekken?kanaal=telegram").text
    older = re.search(r'rel="next" href="/portal([^"]+)"', first)
    assert older
    second = browser.get(older[1].replace("&amp;", "&")).text

    assert (len(listed(first)), len(listed(second))) == (50, 10)
    assert not set(listed(first)) & set(listed(second))
    assert 'rel="prev"' in second


def test_a_search_that_finds_too_much_says_so(
    office: Office, browser: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.search.MOST_CONVERSATIONS", 1)
    add(office, "caravan")
    add(office, "caravan")

    assert "Dit zijn de nieuwste gevonden gesprekken" in browser.get("/gesprekken?zoek=caravan").text


@pytest.mark.parametrize("place", [Place(True, NOW, 7), Place(False, NOW + timedelta(microseconds=1), 10**17)])
def test_a_place_in_an_address_is_exact(place: Place) -> None:
    assert read_place(written(place)) == place


@pytest.mark.parametrize(
    "given", ["", "w", "w.1", "x.1.1", "w.-1.1", "w.1.1.1", "w.1.9" + "9" * 18, "n.²..1", "w.1.1\n"]
)
def test_what_is_no_place_is_none(given: str) -> None:
    assert read_place(given) is None


def test_an_address_says_again_what_it_asked_for() -> None:
    asked = Asked(Filters(View.WAITING, Channel.TELEGRAM, "wealth_limit", unread=True, words="een & twee"))
    assert asked_for(QueryParams(asked.address().partition("?")[2])) == asked


def test_a_transcript_stands_there_whole_and_has_been_seen(office: Office, browser: StaffBrowser) -> None:
    with office.database.writing() as session:
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        conversation = build_conversation(session, office.town, "mag ik <b>sparen</b> **veel**", last_seq=2)
        build_message(
            session, conversation, 2, "Dat mag **wel**.", MessageKind.ANSWER, topic="wealth_limit", confidence=0.5
        )
    page = browser.get(f"/gesprekken/{conversation.id}").text

    assert "mag ik &lt;b&gt;sparen&lt;/b&gt; **veel**" in page
    assert "Dat mag <strong>wel</strong>." in page
    assert "Hoeveel spaargeld · 50% redelijk zeker" in page
    assert seen(office, conversation.id) == 2
    assert [(e.deed, e.subject) for e in office.entries("read_conversation")] == [
        ("read_conversation", f"conversation {conversation.id}")
    ]


def test_a_long_transcript_begins_at_its_newest_part(office: Office, browser: StaffBrowser) -> None:
    long = add(office, *(f"regel {number}" for number in range(1, 251)))
    newest = browser.get(f"/gesprekken/{long}").text
    earlier = browser.get(f"/gesprekken/{long}?eerder=51").text

    assert ("regel 51<" in newest, "regel 50<" in newest, "regel 250<" in newest) == (True, False, True)
    assert ("regel 50<" in earlier, "regel 51<" in earlier) == (True, False)
    assert 'data-stroom=""' in earlier


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_conversation_that_is_not_there_is_not_found(browser: StaffBrowser, number: str) -> None:
    assert browser.get(f"/gesprekken/{number}").status_code == 404
    assert browser.post(f"/gesprekken/{number}/overnemen").status_code == 404


def test_a_newer_conversation_of_the_same_resident_is_linked_to(office: Office, browser: StaffBrowser) -> None:
    with office.database.writing() as session:
        old = build_conversation(session, office.town)
        new = build_conversation(session, office.town, contact_point_id=old.contact_point_id)

    assert f'href="/portal/gesprekken/{new.id}">Nieuwer gesprek' in browser.get(f"/gesprekken/{old.id}").text
    assert "Nieuwer gesprek" not in browser.get(f"/gesprekken/{new.id}").text


def test_only_an_editor_gets_a_link_to_the_text(office: Office, browser: StaffBrowser) -> None:
    with office.database.writing() as session:
        topic = build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        conversation = build_conversation(session, office.town, last_seq=2)
        build_message(
            session, conversation, 2, "Dat mag.", MessageKind.ANSWER, detail={"revision": topic.revisions[0].id}
        )
    both = office.staff(Role.CASEWORKER, Role.EDITOR)
    link = 'href="/portal/onderwerpen/wealth_limit"'

    assert link in both.get(f"/gesprekken/{conversation.id}").text
    assert link not in browser.get(f"/gesprekken/{conversation.id}").text


def test_a_text_of_another_municipality_is_not_told_of(office: Office, browser: StaffBrowser) -> None:
    with office.database.writing() as session:
        theirs = build_topic(session, "wealth_limit", "Geheim", municipality=office.stranger)
        conversation = build_conversation(session, office.town, last_seq=2)
        detail = {"revision": theirs.revisions[0].id, "alternatives": [{"name": "wealth_limit", "confidence": 0.9}]}
        build_message(session, conversation, 2, "Dat mag.", MessageKind.ANSWER, detail=detail)
    page = browser.get(f"/gesprekken/{conversation.id}").text

    assert "wordt niet meer bewaard" in page
    assert "Geheim" not in page
