"""Two buttons under an answer tell whether it was right; pressing one is no line, and says nothing in the chat."""

import pytest
from sqlalchemy import select

from db.models import Conversation, Feedback, MessageKind
from services.transcript import add_words
from services.words import Button, Words
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio

ANSWER = Words("Dat mag.", topic="wealth_limit", buttons=(Button("Meer", "/x"),), revision=1, to_judge=True)


async def answered(
    office: Office, telegram: BotApi, chat: int = 7, words: Words = ANSWER
) -> tuple[tuple[str, str], ...]:
    """The buttons under the answer that this chat got."""
    telegram.resident_writes(chat, "mag ik sparen")
    await office.poll()
    with office.database.writing() as session:
        newest = session.scalars(select(Conversation).order_by(Conversation.id.desc())).first()
        assert newest
        add_words(session, newest, words, office.clock(), MessageKind.ANSWER)
    await office.deliverer.deliver_due()
    return telegram.sent_to(chat)[-1].buttons


def told(office: Office) -> list[bool]:
    with office.database.reading() as session:
        return list(session.scalars(select(Feedback.right).order_by(Feedback.id)))


async def test_the_buttons_stand_last_in_one_row(office: Office, telegram: BotApi) -> None:
    buttons = await answered(office, telegram)

    assert [label for label, _ in buttons] == ["Meer", "Klopt", "Klopt niet"]
    rows = telegram.sent_to(7)[-1].parameters["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in rows] == [1, 2]


async def test_what_is_no_answer_to_a_question_has_none(office: Office, telegram: BotApi) -> None:
    assert await answered(office, telegram, words=Words("Hallo!", topic="greet")) == ()


async def test_pressing_is_kept_and_thanked_for_without_a_line(office: Office, telegram: BotApi) -> None:
    buttons = await answered(office, telegram)
    office.woken.clear()
    said = len(telegram.sent_to(7))

    telegram.resident_presses_data(7, buttons[-1][1])
    await office.poll_and_deliver()

    assert told(office) == [False]
    assert [call["text"] for call in telegram.calls_of("answerCallbackQuery")] == ["Dank u wel."]
    assert (office.lines(), office.woken, len(telegram.sent_to(7))) == (["mag ik sparen"], [], said)


async def test_a_mind_may_change_and_an_update_may_come_twice(office: Office, telegram: BotApi) -> None:
    buttons = await answered(office, telegram)
    telegram.resident_presses_data(7, buttons[-1][1])
    telegram.resident_presses_data(7, buttons[-2][1])
    before = office.poller.offset
    await office.poll()
    office.poller.offset = before
    await office.poll()

    assert told(office) == [True]


async def test_it_is_told_in_the_language_of_the_chat(office: Office, telegram: BotApi) -> None:
    await answered(office, telegram)
    with office.database.writing() as session:
        session.scalars(select(Conversation)).one().language = "en"
    buttons = await answered(office, telegram)
    assert [label for label, _ in buttons][1:] == ["This is right", "This is not right"]

    telegram.resident_presses_data(7, buttons[-2][1])
    await office.poll()
    assert telegram.calls_of("answerCallbackQuery")[-1]["text"] == "Thank you."


@pytest.mark.parametrize("chat", [8, 9])
async def test_nobody_judges_the_answer_of_another_chat(office: Office, telegram: BotApi, chat: int) -> None:
    buttons = await answered(office, telegram)
    telegram.resident_writes(8, "hallo")
    telegram.resident_presses_data(chat, buttons[-1][1])
    await office.poll()

    assert told(office) == []
    assert "bewaren wij niet meer" in telegram.calls_of("answerCallbackQuery")[-1]["text"]


@pytest.mark.parametrize("data", ["k:1:2", "k:-1:1", "k:1", "k:٣:1", f"k:{'9' * 19}:1"])
async def test_a_button_that_somebody_made_up_is_an_old_button(office: Office, telegram: BotApi, data: str) -> None:
    await answered(office, telegram)
    telegram.resident_presses_data(7, data)
    await office.poll_and_deliver()

    assert told(office) == []
    assert telegram.sent_to(7)[-1].text.startswith("Die knop hoort bij een eerder bericht")
