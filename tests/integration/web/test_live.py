"""Open pages hear what is written, from this process or another, and cost next to nothing."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import event
from sse_starlette import ServerSentEvent

from bot.channels.web.session import WebSession, conversation_tag
from bot.channels.web.stream import Watched, _events
from db.models import Conversation
from pages.live import Live
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat


async def first(events: AsyncIterator[ServerSentEvent], number: int) -> list[ServerSentEvent]:
    async with asyncio.timeout(60):
        return [await anext(events) for _ in range(number)]


def watched(chat: Chat, browser: Browser) -> Watched:
    token = browser.client.cookies["trede"]
    with chat.database.reading() as session:
        tag = conversation_tag(chat.door.keys, session.get(Conversation, chat.turn.woken[0]))
    return Watched(WebSession(token), browser.slug, tag)


def test_a_stream_begins_after_the_last_message_the_page_has(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    events = chat.runner.run(first(_events(chat.door, watched(chat, fatima), 2), 2))
    assert [event.id for event in events] == ["3", "4"]


def test_what_another_process_wrote_arrives_without_a_ring(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")

    async def look() -> list[ServerSentEvent]:
        events = _events(chat.door, watched(chat, fatima), 5)
        news = asyncio.create_task(first(events, 1))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(chat.turn.say, chat.turn.woken[0], "Van elders")
        return await news

    assert "Van elders" in str(chat.runner.run(look())[0].data)


def test_a_page_of_a_wiped_conversation_is_told_to_begin_anew(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    page = watched(chat, fatima)
    fatima.get("/wis")
    fatima.post("/wis", fatima.fields)
    events = chat.runner.run(first(_events(chat.door, page, 4), 1))
    assert events[0].event == "opnieuw"


def test_the_third_page_of_a_session_takes_the_place_of_the_first(chat: Chat) -> None:
    async def sit() -> list[bool]:
        live = chat.door.live
        with live.listen(1, "a") as one, live.listen(1, "a") as two, live.listen(1, "b"), live.listen(1, "a") as three:
            return [one.crowded, two.crowded, three.crowded]

    assert chat.runner.run(sit()) == [True, False, False]


def test_a_closed_page_leaves_nothing_behind(chat: Chat) -> None:
    async def come_and_go() -> int:
        with chat.door.live.listen(7, "a"):
            pass
        return chat.door.live.open_pages

    assert chat.runner.run(come_and_go()) == 0


def test_a_ring_from_any_thread_wakes_the_page_at_once(chat: Chat) -> None:
    async def wait() -> float:
        live = Live(chat.database, interval=60)
        with live.listen(3) as bell:
            began = time.monotonic()
            asyncio.get_running_loop().run_in_executor(None, live.ring, 3)
            await bell.wait(60)
            return time.monotonic() - began

    assert chat.runner.run(wait()) < 30


def test_two_hundred_open_pages_are_one_query_a_tick(chat: Chat) -> None:
    queries, ticks = list[str](), list[int]()
    event.listen(chat.database.engine, "before_cursor_execute", lambda *given: queries.append(given[2]))

    async def open_many() -> None:
        bells = [chat.door.live.listen(number) for number in range(200)]
        for bell in bells:
            bell.__enter__()
        began = time.monotonic()
        await asyncio.sleep(0.5)
        ticks.append(int((time.monotonic() - began) / chat.door.live._interval) + 1)
        for bell in bells:
            bell.__exit__(None, None, None)

    chat.runner.run(open_many())
    assert 1 <= len([query for query in queries if "FROM conversation" in query]) <= ticks[0]


@pytest.mark.parametrize("ring_before", [True, False])
def test_no_ring_is_lost_between_looking_and_waiting(chat: Chat, ring_before: bool) -> None:
    async def wait() -> float:
        live = Live(chat.database, interval=60)
        with live.listen(3) as bell:
            if ring_before:
                bell.ring()
            else:
                asyncio.get_running_loop().call_later(0.05, bell.ring)
            began = time.monotonic()
            await bell.wait(60)
            return time.monotonic() - began

    assert chat.runner.run(wait()) < 30


def test_what_is_written_before_the_first_look_of_the_poller_is_not_missed(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")

    async def look() -> list[ServerSentEvent]:
        events = _events(chat.door, watched(chat, fatima), 3)
        one = await first(events, 1)
        await asyncio.to_thread(chat.turn.say, chat.turn.woken[0], "Meteen daarna")
        return one + await first(events, 1)

    assert [event.id for event in chat.runner.run(look())] == ["4", "5"]


def test_a_list_hears_what_a_machine_wrote_whose_clock_is_behind(chat: Chat, fatima: Browser, karel: Browser) -> None:
    fatima.send("spaargeld")
    karel.send("auto")
    first_one, newest = chat.turn.woken[0], chat.turn.woken[-1]
    live = Live(chat.database, interval=0.05)
    with chat.database.reading() as session:
        town = session.get_one(Conversation, newest).municipality_id

    async def hear() -> bool:
        with live.watch(town) as bell:
            await bell.wait(3)
            await asyncio.to_thread(move, first_one, newest)
            started = time.monotonic()
            await bell.wait(60)
            return time.monotonic() - started < 30

    def move(changed: int, last: int) -> None:
        with chat.database.writing() as session:
            behind = session.get_one(Conversation, last).changed_at - timedelta(seconds=1)
            session.get_one(Conversation, changed).changed_at = behind

    assert chat.runner.run(hear())
