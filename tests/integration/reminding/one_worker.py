"""A worker that says and sends reminders and kills itself at a step, for who wants to see what is left of it.

A process of its own, forked from one that has read all modules: hundreds are killed, and reading takes seconds.
"""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess

from benefits.figures import load_figures
from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.send import TelegramSender
from bot.deliver import Deliverer
from cli.reminding import Reminding
from db.models import Channel
from db.session import Database
from services.municipalities import find_municipality
from services.outbox import DueMessage
from tests.builders import build_keys

STEPS = ("before claim", "after claim", "after send", "after commit")
DAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LOOKS_EVERY = 0.2
FIGURES = load_figures()
"""Read before the fork: it takes longer than what a worker does until it is killed."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["__main__", __name__])


@dataclass(frozen=True)
class Worker:
    """`step`: one of STEPS, at the `nth` time that it comes there; None: it is never killed. `began`: the second that
    counts as DAY."""

    database_url: str
    api_url: str
    token: str
    slug: str
    name: str
    began: float
    step: str | None = None
    nth: int = 1
    looks_every: float = LOOKS_EVERY
    public_url: str = ""

    def start(self) -> ForkServerProcess:
        process = _FORKS.Process(target=_work, args=(self,), daemon=True)
        process.start()
        return process


@dataclass
class Death:
    step: str | None
    times_left: int

    def at(self, step: str) -> None:
        if step == self.step:
            self.times_left -= 1
            if self.times_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class DeadlySaying(Reminding):
    death: Death | None = None

    def _claim(self) -> list[int]:
        return dying(self.death, super()._claim)


@dataclass
class DeadlySending(Deliverer):
    death: Death | None = None

    def _claim(self, limit: int, reminders: bool) -> list[DueMessage]:
        return dying(self.death, partial(super()._claim, limit, reminders)) if reminders else []

    def _settle_sent(self, due: DueMessage) -> None:
        if self.death is not None:
            self.death.at("after send")
        super()._settle_sent(due)
        if self.death is not None:
            self.death.at("after commit")


def dying[T](death: Death | None, claim: Callable[[], list[T]]) -> list[T]:
    if death is not None:
        death.at("before claim")
    claimed = claim()
    if claimed and death is not None:
        death.at("after claim")
    return claimed


def _work(worker: Worker) -> None:
    asyncio.run(_live(worker))


async def _live(worker: Worker) -> None:
    def clock() -> datetime:
        return DAY + timedelta(seconds=time.time() - worker.began)

    database, keys = Database(worker.database_url), build_keys()
    name, death = worker.name, Death(worker.step, worker.nth)
    with database.reading() as session:
        town = find_municipality(session, worker.slug).id
    async with open_bot(worker.token, worker.api_url) as bot, asyncio.TaskGroup() as tasks:
        senders = {Channel.TELEGRAM: TelegramSender({town: bot})}
        sending = DeadlySending(database, keys, clock, senders, worker.public_url, name=name, death=death)
        saying = DeadlySaying(database, FIGURES, clock, lambda _: sending.wake(), name=name, death=death)
        tasks.create_task(sending.run())
        while True:
            await saying.say_due()
            await asyncio.sleep(worker.looks_every)
