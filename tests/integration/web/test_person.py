"""A person in the web chat, for somebody without JavaScript: who talks, since when, and what is left in the end."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Account, Conversation, Message, MessageKind, MessageStatus, Municipality, Role
from services import hand_over
from tests.builders import build_account
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat


@pytest.fixture
def sanne(chat: Chat) -> Account:
    with chat.database.writing() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()
        return build_account(session, town, Role.CASEWORKER, shown_as="Sanne")


def do(chat: Chat, deed: Callable[..., Any], *more: Any) -> None:
    """What a colleague does with the newest conversation."""
    with chat.database.writing() as session:
        newest = session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1)).one()
        deed(session, newest, *more, chat.clock())


def test_a_colleague_joins_writes_and_leaves(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.reply, sanne, "Dag, ik kijk mee.", "1")
    do(chat, hand_over.give_back, sanne)
    fatima.get()

    assert '<div class="bericht bericht--mens" id="m7">' in fatima.page
    assert '<span class="bel__naam">Medewerker Sanne: </span>' in fatima.page
    assert fatima.said[-1] == "Dag, ik kijk mee."
    assert fatima.page.count("bericht--streep") == 2
    assert "Medewerker Sanne doet nu mee. De chatbot is stil.</span>" in fatima.page


def test_with_a_person_a_line_waits_for_that_person(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    before = len(chat.turn.woken)
    fatima.send("bent u daar?")
    line = chat.messages()[-1]

    assert (line.kind, line.status, line.text) == (MessageKind.LINE, MessageStatus.HANDED, "bent u daar?")
    assert "Een medewerker heeft dit gesprek. Kijk zo of er antwoord is." in fatima.page
    assert len(chat.turn.woken) == before + 1  # harmless: there is nothing for it to answer


def test_a_page_that_asks_for_news_gets_the_colleague_too(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    fatima.get()
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.reply, sanne, "Dag.", "1")
    news = fatima.client.get(f"/{fatima.slug}/berichten", {"na": "5", "gesprek": fatima.fields["gesprek"]})

    assert [part in news.text for part in ('id="m6"', "bericht--streep", 'id="m7"', "bericht--mens")] == [True] * 4


def test_what_a_colleague_writes_is_text_whatever_it_contains(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.reply, sanne, "<script>alert(1)</script>", "1")
    fatima.get()

    assert "<script>alert(1)" not in fatima.page
    assert fatima.said[-1] == "<script>alert(1)</script>"


def test_a_closed_conversation_can_be_read_until_the_next_line(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.close, sanne)
    fatima.get()
    assert "spaargeld" in fatima.said
    assert "Medewerker Sanne heeft het gesprek afgesloten." in fatima.page
    fatima.send("nog een vraag")

    assert "spaargeld" not in fatima.said
    assert fatima.said[-2:] == ["nog een vraag", "U vroeg: nog een vraag"]


def test_with_javascript_the_next_line_after_closing_draws_the_page_anew(
    chat: Chat, fatima: Browser, sanne: Account
) -> None:
    fatima.send("spaargeld")
    fatima.get()
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.close, sanne)

    assert fatima.send("nog een vraag", htmx=True).headers["hx-refresh"] == "true"


def test_a_button_of_a_closed_conversation_is_told_to_be_old(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    do(chat, hand_over.close, sanne)
    fatima.get()
    refused = fatima.press(3, 0)

    assert (refused.status_code, "Die knop hoort bij een eerder bericht" in fatima.page) == (422, True)
    assert len({m.conversation_id for m in chat.messages()}) == 1


def test_a_wipe_takes_everything_away_also_while_a_person_has_it(chat: Chat, fatima: Browser, sanne: Account) -> None:
    fatima.send("spaargeld")
    do(chat, hand_over.take_over, sanne)
    fatima.get("/wis")
    fatima.post("/wis", {"csrf": fatima.fields["csrf"]})

    with chat.database.reading() as session:
        assert session.scalars(select(Message)).all() == []
        assert session.scalars(select(Conversation)).all() == []


def test_a_waiting_resident_reads_that_on_the_page(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    with chat.database.writing() as session:
        conversation = session.scalars(select(Conversation)).one()
        conversation.state = type(conversation.state).WAITING
    fatima.get()

    assert "U wacht op een medewerker. Het antwoord komt hier." in fatima.page
