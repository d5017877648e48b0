"""The part of a worker that looks for runs, and what a start does with models."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from cli import prepare as preparing
from cli import publishing
from cli.models import point_nowhere
from cli.prepare import find_model, prepare_model
from cli.publishing import Publishing, follow_the_record
from cli.wiring import now
from db.models import RunState
from services.publication import ask_training
from tests.fakes.trainer import put_model
from tests.integration.publishing.conftest import MESSAGES, Workshop

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LOOK_EVERY", 0.02)


def ask(workshop: Workshop) -> int:
    with workshop.wiring.database.writing() as session:
        return ask_training(session, None, now()).id


async def until(holds: Callable[[], Any]) -> None:
    for _ in range(3000):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it never came")


async def ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_run_that_is_asked_is_done(workshop: Workshop) -> None:
    workshop.trainer.understands = dict(MESSAGES)
    working = asyncio.create_task(Publishing(workshop.wiring).keep())
    run = ask(workshop)
    await until(lambda: workshop.ended(run).ended_at)
    assert workshop.ended(run).state is RunState.LIVE
    await ended(working)


async def test_a_worker_that_ends_gives_its_run_back_and_the_next_one_goes_on(workshop: Workshop) -> None:
    workshop.trainer.hold.clear()
    run = ask(workshop)
    working = asyncio.create_task(Publishing(workshop.wiring).keep())
    await until(lambda: workshop.ended(run).state is RunState.TRAINING)
    await ended(working)
    assert workshop.ended(run).state is RunState.QUEUED
    workshop.trainer.hold.set()
    working = asyncio.create_task(Publishing(workshop.wiring).keep())
    await until(lambda: workshop.ended(run).state is RunState.LIVE)
    await ended(working)


async def test_a_worker_outlives_a_database_that_is_away(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "run_under_way", away)
        working = asyncio.create_task(Publishing(workshop.wiring).keep())
        await until(lambda: "publishing failed" in caplog.text)
    run = ask(workshop)
    await until(lambda: workshop.ended(run).state is RunState.LIVE)
    await ended(working)


def test_the_record_decides_what_rasa_is_asked_for(workshop: Workshop) -> None:
    first = workshop.first()
    pointer = workshop.folder / "live.json"
    pointer.write_text(json.dumps({"version": "left by a worker that was killed"}))
    follow_the_record(workshop.wiring)
    assert workshop.asked_for() == first
    written = pointer.stat().st_mtime_ns
    follow_the_record(workshop.wiring)
    assert pointer.stat().st_mtime_ns == written


def test_the_first_start_makes_a_model_and_the_next_finds_it(workshop: Workshop) -> None:
    told: list[str] = []
    made = prepare_model(workshop.wiring, told.append)
    assert workshop.live() == workshop.asked_for() == made.version
    assert any("zonder vergelijking" in line for line in told)
    assert prepare_model(workshop.wiring, told.append) == made
    assert workshop.trainer.trained == [made.version]


def test_a_start_does_not_publish_what_an_editor_has_not(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.trainer.understands = {}
    assert workshop.run().state is RunState.REFUSED
    assert prepare_model(workshop.wiring, lambda _: None).version == first


def test_new_topics_are_asked_for_at_a_start_and_judged(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add_topic("gifts")
    assert prepare_model(workshop.wiring, lambda _: None).version == first
    assert workshop.under_way()
    workshop.trainer.understands = {}
    assert workshop.take_up().state is RunState.REFUSED
    assert prepare_model(workshop.wiring, lambda _: None).version == first
    assert not workshop.under_way(), "what was refused is not asked for again"


def test_a_start_asks_rasa_for_the_live_model_again(workshop: Workshop) -> None:
    first = workshop.first()
    point_nowhere(workshop.folder)
    prepare_model(workshop.wiring, lambda _: None)
    assert workshop.asked_for() == first


def test_a_start_does_not_undo_a_way_back(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add_topic("gifts")
    second = workshop.run().version
    workshop.run(back_to=first)
    assert prepare_model(workshop.wiring, lambda _: None).version == first != second


@pytest.mark.parametrize("why", ["newer code", "no file", "another file"])
def test_a_model_that_does_not_fit_any_more_is_made_anew(
    workshop: Workshop, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = workshop.first()
    if why == "newer code":
        monkeypatch.setattr(preparing, "code_fingerprint", lambda: "newer")
    elif why == "no file":
        (workshop.folder / f"trede-{first}.tar.gz").unlink()
    else:
        put_model(workshop.folder, first, "c", [])
        (workshop.folder / f"trede-{first}.tar.gz").write_bytes(b"other")
    assert find_model(workshop.wiring) is None
    prepare_model(workshop.wiring, lambda _: None)
    assert workshop.live() == workshop.asked_for() == workshop.keeper.health()["model"]


async def test_nothing_is_under_way_in_a_database_that_is_empty(workshop: Workshop) -> None:
    working = asyncio.create_task(Publishing(workshop.wiring).keep())
    await asyncio.sleep(0.1)
    await ended(working)
    assert workshop.asked_for() is None
