"""What a process answers to who watches over it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from benefits.figures import load_figures
from bot.brain import Brain
from bot.health import Watched, health_routes
from cli.operations import Operations
from cli.settings import read_settings
from cli.wiring import Wiring
from db import migrate
from db.session import Database
from tests.builders import build_keys
from tests.e2e.installation import free_port
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


@pytest.mark.parametrize("behind", [False, True])
async def test_late_reminders_are_told_and_take_nobody_out_of_service(database: Database, behind: bool) -> None:
    answer = await get(replace(watched(database, None), behind=lambda: behind), "/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "reminders": not behind})


async def test_alive_is_who_answers_and_does_not_hang(database: Database) -> None:
    assert (await get(watched(database, None), "/livez")).status_code == 200
    assert (await get(watched(database, None, hangs=True), "/livez")).status_code == 503


async def test_metrics_are_told_only_where_nobody_from_outside_comes(database: Database) -> None:
    inside = await get(watched(database, None), "/metrics")
    outside = await get(watched(database, None), "/metrics", with_metrics=False)

    assert (inside.status_code, inside.text) == (200, "trede_open_lines 0.0\n")
    assert outside.status_code == 404


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, True),
        ({"TREDE_HOST": "10.0.0.5"}, False),
        ({"TREDE_PUBLIC_URL": "https://chat.example.nl"}, False),
        ({"TREDE_OPS_PORT": "own"}, False),
    ],
    ids=["a trial", "open to the network", "open to the public", "with a listener of its own"],
)
def test_the_web_tells_metrics_in_a_trial_only(
    database: Database, tmp_path: Path, settings: dict[str, str], told: bool
) -> None:
    ports = {"TREDE_OPS_PORT": str(free_port())} if "TREDE_OPS_PORT" in settings else {}
    read = read_settings({"TREDE_DATA_DIR": str(tmp_path)} | settings | ports)
    operations = Operations(Wiring(read, database, build_keys(), load_figures()), {"web"})
    if operations.listening is not None:
        operations.listening.close()

    assert operations.on_the_web is told
