"""The loop itself: it backs off, tells the operator, stops at once, and never shows the token."""

import asyncio
import logging
import traceback
from typing import Any

import pytest

from bot.channels.telegram import poll
from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.poll import Poller, TokenRefused
from services.words import Words
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were asked for; they take no time."""
    asked: list[float] = []

    async def note(seconds: float) -> None:
        asked.append(seconds)
        await real_sleep(0)

    real_sleep = asyncio.sleep
    monkeypatch.setattr(poll, "sleep", note)
    return asked


async def test_it_pauses_longer_and_longer_and_tells_once(
    office: Office, telegram: BotApi, pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.orders("getUpdates", 502, times=7)
    telegram.resident_writes(7, "hallo")

    running = asyncio.create_task(office.poller.run())
    await telegram.eventually(lambda: "telegram is back" in caplog.text)
    running.cancel()

    assert pauses[:7] == [1, 2, 4, 8, 16, 30, 30]
    assert caplog.text.count("telegram cannot be reached") == 1
    assert caplog.text.count("telegram is back") == 1


async def test_it_waits_as_long_as_telegram_asks(office: Office, telegram: BotApi, pauses: list[float]) -> None:
    telegram.orders("getUpdates", 429, "Too Many Requests", retry_after=77)
    running = asyncio.create_task(office.poller.run())
    await telegram.eventually(lambda: pauses)
    running.cancel()
    assert pauses[0] == 77


async def test_a_second_poller_is_told_to_the_operator(
    office: Office, telegram: BotApi, pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    async with open_bot(telegram.token, telegram.url) as other:
        pollers = [asyncio.create_task(Poller(office.door, bot, waits=30).run()) for bot in (office.bot, other)]
        await telegram.eventually(lambda: pauses)
        for running in pollers:
            running.cancel()
    assert "another process polls with this token" in caplog.text


async def test_a_refused_token_ends_the_loop_with_a_clear_word(
    office: Office, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "4242:AAWrongTokenThatMustNotBeSeenEither"
    async with open_bot(wrong, telegram.url) as bot:
        with pytest.raises(TokenRefused, match="TREDE_TELEGRAM_TOKEN") as refused:
            await Poller(office.door, bot).run()
    seen = caplog.text + "".join(traceback.format_exception(refused.value))
    assert "AAWrong" not in seen


async def test_it_stops_at_once_in_the_middle_of_a_long_question(office: Office, telegram: BotApi) -> None:
    poller = Poller(office.door, office.bot, waits=30)
    running = asyncio.create_task(poller.run())
    await telegram.eventually(lambda: telegram.calls_of("getUpdates"))

    running.cancel()
    async with asyncio.timeout(20):
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_a_line_in_a_long_question_comes_at_once(office: Office, telegram: BotApi) -> None:
    running = asyncio.create_task(Poller(office.door, office.bot, waits=30).run())
    await telegram.eventually(lambda: telegram.calls_of("getUpdates"))
    telegram.resident_writes(7, "hallo")
    async with asyncio.timeout(20):
        await telegram.eventually(lambda: office.woken)
    running.cancel()
    assert office.lines() == ["hallo"]


async def test_the_token_is_in_no_log_whatever_happens(
    office: Office, telegram: BotApi, caplog: pytest.LogCaptureFixture, clock: Clock
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_bot(telegram.token, telegram.url) as bot:
        office.poller = Poller(office.door, bot, waits=0)
        telegram.resident_writes(7, "hallo")
        await office.poll_and_deliver()
        for status in (429, 403, 400, 500, 404):
            office.answer(Words("antwoord"))
            wait: dict[str, Any] = {"retry_after": 1} if status == 429 else {}
            telegram.orders("sendMessage", status, **wait)
            await office.deliverer.deliver_due()
            clock.forward(hours=1)
        running = asyncio.create_task(office.poller.run())
        telegram.orders("getUpdates", 500)
        await telegram.eventually(lambda: "cannot be reached" in caplog.text)
        running.cancel()

    records = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    # Only the part behind the colon is secret; before it stands the number of the bot.
    assert telegram.token.split(":")[1] not in records
    assert {"too_fast", "blocked", "refused", "unreachable_now", "token_refused"} <= {
        record.__dict__.get("why") for record in caplog.records
    }
