"""A conversation belongs to one browser, for 24 hours after its last line, until it is wiped."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.models import ContactPoint, Conversation, EffortKind, Message, Municipality
from services.effort.keep import keep_effort
from tests.builders import NOW
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat
from tests.people import build_person, link_directly


def test_a_conversation_is_still_there_after_a_reload(fatima: Browser) -> None:
    fatima.send("spaargeld")
    fatima.get()
    assert "spaargeld" in fatima.said


def test_a_conversation_goes_on_for_24_hours_and_then_begins_anew(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    chat.clock.pass_by(timedelta(hours=23))
    fatima.get()
    assert "spaargeld" in fatima.said
    chat.clock.pass_by(timedelta(hours=2))
    fatima.get()
    assert "spaargeld" not in fatima.said


def test_another_browser_sees_nothing_of_it(fatima: Browser, karel: Browser) -> None:
    fatima.send("mijn geheim")
    tag = fatima.fields["gesprek"]
    karel.get()
    assert "mijn geheim" not in karel.page
    assert karel.client.get(f"/voorbeeldstad/berichten?na=0&gesprek={tag}").status_code == 409


def test_another_browser_cannot_press_my_buttons(chat: Chat, fatima: Browser, karel: Browser) -> None:
    fatima.send("spaargeld")
    before = len(chat.messages())
    karel.get()
    response = karel.send(keuze="4:0", gesprek=fatima.fields["gesprek"])
    assert response.status_code == 422
    assert len(chat.messages()) == before


def test_another_municipality_has_another_conversation(fatima: Browser) -> None:
    fatima.send("spaargeld")
    fatima.slug = "buurstad"
    fatima.get()
    assert "spaargeld" not in fatima.said


def test_the_page_without_a_stream_gets_what_is_new(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    conversation = chat.turn.woken[0]
    chat.turn.say(conversation, "Nog een bericht")
    fragment = fatima.client.get(f"/voorbeeldstad/berichten?na=5&gesprek={fatima.fields['gesprek']}").text
    assert 'id="m6"' in fragment
    assert 'id="m5"' not in fragment


@pytest.mark.parametrize("after", ["", "x", "-1", "1e9", "9" * 40, "²"])
def test_a_strange_number_means_from_the_beginning(fatima: Browser, after: str) -> None:
    fatima.send("spaargeld")
    query = {"na": after, "gesprek": fatima.fields["gesprek"]}
    assert 'id="m1"' in fatima.client.get("/voorbeeldstad/berichten", params=query).text


def test_wiping_is_asked_first(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    assert "Gesprek wissen?" in fatima.get("/wis").text
    assert len(chat.messages()) == 5


def test_before_wiping_one_reads_what_goes_along_and_what_stays(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    assert "verdwijnen" in (plain := fatima.get("/wis").text)
    assert "werk zoeken" not in plain
    with chat.database.writing() as session:
        conversation = session.scalars(select(Conversation)).one()
        keep_effort(session, conversation, EffortKind.APPLIED, NOW.date(), "bij de bakker", NOW)
    assert "Wat u over werk zoeken vertelde, gaat ook weg." in fatima.get("/wis").text
    with chat.database.writing() as session:
        town = session.get_one(Municipality, conversation.municipality_id)
        link_directly(session, conversation.id, build_person(session, town))

    linked = fatima.get("/wis").text
    assert "Dit blijft bij de gemeente: uw afspraken" in linked
    assert "Deze chat blijft gekoppeld aan uw dossier." in linked
    assert "gaat ook weg" not in linked


def test_wiping_takes_everything_away_and_tells_the_turn(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    fatima.get("/wis")
    response = fatima.post("/wis", fatima.fields)
    assert response.headers["location"] == "/voorbeeldstad?gewist"
    with chat.database.reading() as session:
        for record in (Message, Conversation, ContactPoint):
            assert session.scalar(select(func.count()).select_from(record)) == 0
    assert len(chat.turn.forgotten) == 1
    assert "Het gesprek is gewist" in fatima.get("?gewist").text


def test_wiping_twice_does_no_harm(chat: Chat, fatima: Browser) -> None:
    fatima.get("/wis")
    assert fatima.post("/wis", fatima.fields).status_code == 303
    assert chat.turn.forgotten == []


def test_nobody_else_can_wipe_my_conversation(chat: Chat, fatima: Browser, karel: Browser) -> None:
    fatima.send("spaargeld")
    karel.get("/wis")
    karel.post("/wis", karel.fields)
    assert karel.post("/wis", {"csrf": fatima.fields["csrf"]}).status_code == 403
    fatima.get()
    assert "spaargeld" in fatima.said
