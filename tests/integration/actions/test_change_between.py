"""Somebody wants to report something and then asks about something else: how often he is asked on, and how it ends."""

from collections.abc import AsyncIterator

import pytest

from db.models import TopicKind
from db.session import Database
from services.report_change import KINDS
from tests.builders import build_topic
from tests.conftest import Clock
from tests.integration.booking_talk.conftest import Chat, labels, open_chat

pytestmark = pytest.mark.anyio
STILL = "Wilt u nog iets doorgeven?"


@pytest.fixture
async def chat(database: Database, clock: Clock) -> AsyncIterator[Chat]:
    with database.writing() as session:
        build_topic(session, "report_change", "Iets doorgeven", "Geef het door.", kind=TopicKind.TASK)
        build_topic(session, "moving", "Verhuizen", "U mag verhuizen.")
        build_topic(session, "distress", "distress", "Bel 113.", kind=TopicKind.TASK)
    async for one in open_chat(database, clock, linked=False):
        yield one


async def wants_to_report(chat: Chat) -> None:
    (asked,) = await chat.says("ik wil iets doorgeven", "report_change")
    assert asked.text.startswith("Deze chat stuurt uw wijziging niet door")


async def asks(chat: Chat) -> list[str]:
    return [said.text for said in await chat.says("mag ik sparen", "wealth_limit")]


async def test_after_another_answer_it_is_asked_once_more_and_briefly(chat: Chat) -> None:
    await wants_to_report(chat)
    answer, offer = await chat.says("mag ik sparen", "wealth_limit")

    assert answer.text.startswith("Sparen mag.")
    assert (offer.text, labels(offer)) == (STILL, ["Iets doorgeven"])


async def test_in_english_it_is_asked_in_english(chat: Chat) -> None:
    chat.language = "en"
    (asked,) = await chat.says("I want to report something", "report_change")
    *_, offer = await chat.says("may I save", "wealth_limit")

    assert asked.text.startswith("This chat does not pass your change on")
    assert offer.text == "Do you still want to report something?"


async def test_after_another_question_again_it_is_left_without_a_word(chat: Chat) -> None:
    await wants_to_report(chat)
    told = [await asks(chat) for _ in range(3)]

    assert [STILL in texts for texts in told] == [True, False, False]
    assert [len(texts) for texts in told] == [2, 1, 1]
    assert chat.form is None


@pytest.mark.parametrize("others", [1, 2, 3])
async def test_the_button_leads_back_to_all_kinds_of_change(chat: Chat, others: int) -> None:
    await wants_to_report(chat)
    for _ in range(others):
        await asks(chat)
    (asked,) = await chat.presses("Iets doorgeven")
    (told,) = await chat.presses("Werk")

    assert len(labels(asked)) == len(KINDS)
    assert asked.text.startswith("Deze chat stuurt uw wijziging niet door")
    assert told.text.startswith("Geef meteen door als u werk vindt")


async def test_what_changed_may_be_told_right_after_another_answer(chat: Chat) -> None:
    await wants_to_report(chat)
    await asks(chat)
    (told,) = await chat.says("ik ga verhuizen", "moving")

    assert told.text.startswith("Geef meteen door als u verhuist")
    assert chat.form is None


async def test_once_led_back_it_may_be_asked_once_more_again(chat: Chat) -> None:
    await wants_to_report(chat)
    await asks(chat)
    await chat.presses("Iets doorgeven")

    assert STILL in await asks(chat)
    assert STILL not in await asks(chat)


async def test_what_is_not_understood_gets_the_kinds_to_choose_from(chat: Chat) -> None:
    await wants_to_report(chat)
    *_, asked = await chat.says("het is met de hond", "nlu_fallback")

    assert asked.text.startswith("Ik begrijp nog niet wat er is veranderd.")
    assert len(labels(asked)) == len(KINDS)


async def test_somebody_in_danger_is_asked_nothing_else(chat: Chat) -> None:
    await wants_to_report(chat)
    said = await chat.says("ik wil niet meer leven", "distress")

    assert said[0].text.startswith("Bel 113.")
    assert "report_change" not in {one.topic for one in said}
    assert chat.form is None
