"""Runs that somebody asked for: taken up by a worker one at a time, or asked and done in a terminal."""

import asyncio
import logging
import secrets
import signal
import threading
from collections.abc import Callable

import anyio
import anyio.to_thread

from cli.models import find, is_pointed_at, models_folder, point_at
from cli.one_run import OneRun
from cli.rasas import Rasas
from cli.training import in_words_once
from cli.wiring import Wiring, now
from db.models import TrainingRun
from services.model_versions import live_version
from services.publication import ask_roll_back, ask_training, claim_run, find_run, run_under_way

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0


class Publishing:
    """The part of a worker that trains and switches."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._rasas = Rasas(wiring.settings)
        self._name = secrets.token_hex(8)
        self._stop, self._idle = threading.Event(), threading.Event()
        self._idle.set()

    async def keep(self) -> None:
        """Until cancelled; a run that is under way then is given back, for the next worker."""
        try:
            while True:
                await anyio.to_thread.run_sync(self._look, abandon_on_cancel=True)
                await asyncio.sleep(LOOK_EVERY)
        finally:
            self._stop.set()
            await anyio.to_thread.run_sync(self._idle.wait)

    def _look(self) -> None:
        self._idle.clear()
        try:
            self._work_off_one()
        except Exception:
            log.exception("publishing failed")
        finally:
            self._idle.set()

    def _work_off_one(self) -> None:
        with self._wiring.database.reading() as session:
            waiting = run_under_way(session)
        if waiting is None:
            follow_the_record(self._wiring)
            return
        if waiting.claimed_until is not None and waiting.claimed_until > now():
            return
        with self._wiring.database.writing() as session:
            run = claim_run(session, self._name, now())
        if run is not None:
            log.info("run began", extra={"run": run.id})
            OneRun(
                self._wiring,
                self._rasas,
                run.id,
                run.back_to,
                self._name,
                tell=lambda _: None,
                stopped=self._stop.is_set,
            ).finish()
            log.info("run ended", extra={"run": run.id})


def follow_the_record(wiring: Wiring) -> None:
    """What the database calls live is what Rasa is asked for: a worker that was killed may have left it otherwise."""
    with wiring.database.reading() as session:
        row = live_version(session)
    folder = models_folder(wiring)
    if row is not None and not is_pointed_at(folder, row.version) and (model := find(folder, row.version)) is not None:
        point_at(folder, model)


def train_now(wiring: Wiring, tell: Callable[[str], None], anyway: bool) -> TrainingRun:
    """Train, measure, judge and switch in this terminal; the run as it ended. Raises AlreadyTraining."""
    return _run_now(wiring, tell, None, anyway)


def go_back_now(wiring: Wiring, tell: Callable[[str], None], version: str) -> TrainingRun:
    """Raises NoWayBack, AlreadyTraining."""
    return _run_now(wiring, tell, version)


def _run_now(wiring: Wiring, tell: Callable[[str], None], version: str | None, anyway: bool = False) -> TrainingRun:
    by, stopped = secrets.token_hex(8), threading.Event()
    with wiring.database.writing() as session:
        # Asked and claimed in one go: the worker of a Trede that runs does not come in between.
        run = ask_roll_back(session, version, None, now()) if version else ask_training(session, None, now())
        claim_run(session, by, now(), run.id)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    say = in_words_once(tell)
    OneRun(wiring, Rasas(wiring.settings), run.id, version, by, say, stopped.is_set, True, anyway).finish()
    with wiring.database.reading() as session:
        ended = find_run(session, run.id)
    assert ended is not None  # noqa: S101  runs are never deleted
    return ended
