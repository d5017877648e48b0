"""A person in a chat on Telegram: said in words, in order, and nothing of the assistant in between."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Account, Conversation, ConversationState, MessageKind, MessageStatus, Municipality, Role
from services import hand_over
from services.words import Words
from tests.builders import build_account
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}]}


@pytest.fixture
def sanne(office: Office, town: Municipality) -> Account:
    with office.database.writing() as session:
        return build_account(session, town, Role.CASEWORKER, shown_as="Sanne")


def do(office: Office, deed: Callable[..., Any], *more: Any) -> None:
    """What a colleague does with the newest conversation."""
    with office.database.writing() as session:
        newest = session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1)).one()
        deed(session, newest, *more, office.clock())


async def test_the_resident_reads_who_speaks(office: Office, telegram: BotApi, sanne: Account) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    do(office, hand_over.take_over, sanne)
    do(office, hand_over.reply, sanne, "Dag, ik kijk **even** mee.", "1")
    do(office, hand_over.give_back, sanne)
    await office.deliverer.deliver_due()
    joined, said, left = telegram.sent_to(7)[-3:]

    assert joined.text == "Medewerker Sanne doet nu mee. De chatbot is stil."
    assert said.text == "Sanne van de gemeente: Dag, ik kijk even mee."
    assert said.bold == ("Sanne van de gemeente:", "even")
    assert left.text == "Medewerker Sanne is weg uit het gesprek. U praat weer met de chatbot."


async def test_an_answer_that_was_on_its_way_comes_before_the_person(
    office: Office, telegram: BotApi, sanne: Account
) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    office.answer(Words("Een auto mag."))
    do(office, hand_over.take_over, sanne)
    office.answer(Words("En nog iets."))
    await office.deliverer.deliver_due()

    assert [m.text[:20] for m in telegram.sent_to(7)[-2:]] == ["Een auto mag.", "Medewerker Sanne doe"]


async def test_what_does_not_arrive_is_told_and_start_changes_nothing(
    office: Office, telegram: BotApi, sanne: Account
) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    do(office, hand_over.take_over, sanne)
    telegram.resident_sends(7, **PHOTO)
    telegram.resident_writes(7, "/start")
    telegram.resident_writes(7, "bent u daar?")
    await office.poll_and_deliver()
    told, line = office.messages()[-2:]

    assert telegram.sent_to(7)[-1].text.startswith("Foto's, bestanden en spraakberichten komen hier niet aan.")
    assert (told.detail, telegram.sent_to(7)[-1].buttons) == ({"hand_over": "not_shown"}, ())
    assert (line.kind, line.status) == (MessageKind.LINE, MessageStatus.HANDED)


@pytest.mark.parametrize("first", ["nog een vraag", "/start"])
async def test_after_closing_the_next_message_begins_a_new_conversation(
    office: Office, telegram: BotApi, sanne: Account, clock: Clock, first: str
) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    old = telegram.sent_to(7)[-1]
    do(office, hand_over.take_over, sanne)
    do(office, hand_over.close, sanne)
    telegram.resident_presses(7, old.id, 0)
    await office.poll_and_deliver()
    assert telegram.sent_to(7)[-1].text.startswith("Die knop hoort bij een eerder bericht")
    clock.forward(minutes=2)
    telegram.resident_writes(7, first)
    await office.poll_and_deliver()

    with office.database.reading() as session:
        states = session.scalars(select(Conversation.state).order_by(Conversation.id)).all()
    assert states == [ConversationState.CLOSED, ConversationState.BOT]
