"""What a process answers to who watches over it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.brain import Brain
from bot.health import Watched, health_routes
from cli.clock import Clock as Ticking
from db import migrate
from db.session import Database
from tests.fakes.rasa import TOKEN, Rasa

pytestmark = pytest.mark.anyio


async def get(watched: Watched, path: str, with_metrics: bool = True) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=health_routes(watched, with_metrics)))
    async with httpx.AsyncClient(transport=transport, base_url="http://ops") as client:
        return await client.get(path)


@pytest.fixture
async def brain() -> AsyncIterator[Brain]:
    with Rasa() as rasa:
        one = Brain(rasa.url, TOKEN)
        yield one
        await one.close()


def watched(database: Database, brain: Brain | None, hangs: bool = False) -> Watched:
    return Watched(database, brain, lambda: hangs, lambda: b"trede_open_lines 0.0\n")


async def test_ready_is_who_has_a_database_in_the_newest_form_and_a_rasa(database: Database, brain: Brain) -> None:
    answer = await get(watched(database, brain), "/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "rasa": True})
    migrate.downgrade(database.engine)
    answer = await get(watched(database, brain), "/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "rasa": True})


async def test_who_asks_nothing_of_rasa_needs_none(database: Database) -> None:
    assert (await get(watched(database, None), "/readyz")).json() == {"database": True}


async def test_alive_is_who_answers_and_does_not_hang(database: Database) -> None:
    assert (await get(watched(database, None), "/livez")).status_code == 200
    assert (await get(watched(database, None, hangs=True), "/livez")).status_code == 503


async def test_metrics_are_told_only_where_nobody_from_outside_comes(database: Database) -> None:
    inside = await get(watched(database, None), "/metrics")
    outside = await get(watched(database, None), "/metrics", with_metrics=False)

    assert (inside.status_code, inside.text) == (200, "trede_open_lines 0.0\n")
    assert outside.status_code == 404


async def test_a_tick_without_an_end_is_seen() -> None:
    clock = Ticking()
    assert not clock.hangs()
    clock._under_way["clean"] = float("-inf")
    assert clock.hangs()
