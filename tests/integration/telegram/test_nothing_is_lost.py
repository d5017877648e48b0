"""Telegram forgets an update once the next one is asked for: only then must it be ours, and then for certain."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot, Update

from bot.channels.telegram import intake, store
from bot.channels.telegram.poll import Poller
from bot.channels.telegram.updates import Event
from db.models import MessageKind
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio


async def test_dying_between_fetching_and_storing_loses_nothing(
    office: Office, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.resident_writes(7, "eerste")
    telegram.resident_writes(7, "tweede")

    async def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(intake.Intake, "take_in", die)
        with pytest.raises(SystemExit):
            await office.poller.step()
    await Poller(office.door, office.bot, waits=0).step()

    assert office.lines() == ["eerste", "tweede"]


async def test_updates_stay_at_telegram_until_the_next_question(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")

    await office.poller.step()
    assert len(telegram.updates.waiting) == 1

    await office.poller.step()
    assert telegram.updates.waiting == []


async def test_the_same_updates_again_change_nothing(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    telegram.resident_writes(7, "/start")
    telegram.resident_sends(7, voice={"file_id": "x", "file_unique_id": "y", "duration": 3})
    await office.poll()
    stored = [(m.conversation_id, m.seq) for m in office.messages()]
    woken = list(office.woken)

    await Poller(office.door, office.bot, waits=0).step()

    assert [(m.conversation_id, m.seq) for m in office.messages()] == stored
    assert office.woken == woken


async def test_a_chat_keeps_its_order_and_chats_do_not_mix(office: Office, telegram: BotApi) -> None:
    for number in range(5):
        for chat in (7, 8, 9):
            telegram.resident_writes(chat, f"{chat}: regel {number}")

    await office.poll()

    by_conversation: dict[int, list[str]] = {}
    for line in office.messages(MessageKind.LINE):
        by_conversation.setdefault(line.conversation_id, []).append(line.text)
    assert sorted(by_conversation.values()) == [[f"{c}: regel {n}" for n in range(5)] for c in (7, 8, 9)]


async def test_a_poisoned_update_does_not_stop_the_next(
    office: Office, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store._store

    def stumble(door: object, event: Event) -> int | None:
        if "gif" in str(event):
            raise ZeroDivisionError
        return whole(office.door, event)

    monkeypatch.setattr(store, "_store", stumble)
    for text in ("voor", "gif", "na"):
        telegram.resident_writes(7, text)

    await office.poll()
    await office.poll()

    assert office.lines() == ["voor", "na"]
    assert telegram.updates.waiting == []


async def test_an_update_the_library_cannot_read_does_not_stop_the_next(office: Office, telegram: BotApi) -> None:
    telegram.updates.add_raw({"message": {"message_id": "geen getal", "chat": 3}})
    telegram.updates.add_raw({"something_of_next_year": {"a": 1}})
    telegram.resident_writes(7, "hallo")

    await office.poll()

    assert office.lines() == ["hallo"]


async def test_a_database_that_is_away_leaves_the_lines_at_telegram(
    office: Office, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.resident_writes(7, "hallo")

    def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("away"))

    with monkeypatch.context() as trouble:
        trouble.setattr(store, "_store", away)
        with pytest.raises(OperationalError):
            await office.poller.step()
    await office.poll()

    assert office.lines() == ["hallo"]


async def test_a_failing_chat_does_not_keep_another_from_being_stored(
    office: Office, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store._store

    def away_for_seven(door: object, event: Event) -> int | None:
        if "address='7'" in str(event):
            raise OperationalError("select", {}, Exception("away"))
        return whole(office.door, event)

    monkeypatch.setattr(store, "_store", away_for_seven)
    telegram.resident_writes(7, "van zeven")
    telegram.resident_writes(8, "van acht")

    with pytest.raises(OperationalError):
        await office.poller.step()

    assert office.lines() == ["van acht"]
    assert office.poller.offset is None


async def test_the_same_first_update_twice_at_once_is_stored_once(
    office: Office, telegram: BotApi, bot_api_update: Update
) -> None:
    both = [office.poller.intake.take_in([bot_api_update]) for _ in range(2)]

    await asyncio.gather(*both)

    assert office.lines() == ["hallo"]
    assert len(office.contacts()) == 1


@pytest.fixture
async def bot_api_update(office: Office, telegram: BotApi) -> Update:
    telegram.resident_writes(7, "hallo")
    bot: Bot = office.bot
    [update] = await bot.get_updates(timeout=0)
    return update
