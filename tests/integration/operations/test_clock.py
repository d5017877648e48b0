"""The clock goes on ringing whatever happens, and says what went wrong once."""

import asyncio
import logging

import pytest

from cli.clock import Clock

pytestmark = pytest.mark.anyio


async def ring(clock: Clock, until: asyncio.Event) -> None:
    clock.start()
    async with asyncio.timeout(60):
        await until.wait()
    clock.stop()


async def test_a_tick_that_fails_comes_again_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    failed, over, outcomes = list[str](), asyncio.Event(), iter([OSError, OSError, ValueError, None])

    async def body() -> None:
        outcome = next(outcomes, None)
        if outcome is not None:
            raise outcome("a text that stays out")
        over.set()

    clock = Clock(failed.append)
    clock.every(0.05, body, "clean")
    with caplog.at_level(logging.INFO, "cli.clock"):
        await ring(clock, over)

    assert failed == ["clean"] * 3
    assert [record.msg for record in caplog.records] == ["tick failed", "tick failed", "tick works again"]


async def test_a_tick_that_goes_on_is_not_begun_again() -> None:
    at_once, most, over = 0, 0, asyncio.Event()

    async def body() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.3)
        at_once -= 1
        over.set()

    clock = Clock()
    clock.every(0.05, body, "slow")
    await ring(clock, over)

    assert most == 1


async def test_a_tick_without_an_end_is_seen() -> None:
    clock = Clock()
    assert not clock.hangs()
    clock._under_way["clean"] = float("-inf")
    assert clock.hangs()
