"""`python -m benchmarks.reminders [--reminders 10000] [--workers 3] [--spread 60] [--answers-in 0]`: due in one minute.

Worker processes say and send them on PostgreSQL; beside them the same load as jobs in APScheduler's own
SQLAlchemyJobStore, with one scheduler and with as many on one store as we have workers. Both send to a Bot API on
loopback, in a process of its own, which answers after so many milliseconds. Told: when all were out, how late they
came (from when each was due to when Telegram had it), what never came and what came twice.
"""

import argparse
import importlib
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Protocol

import httpx
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks.reminder_kills import open_new
from cli.run import REMIND_EVERY
from cli.settings import ROOT
from db.session import Database
from tests.builders import build_municipality, build_phrases
from tests.fakes.bot_api import TOKEN, Answer, BotApi
from tests.integration.reminding.killing import plan
from tests.integration.reminding.one_worker import Worker

PAGES = "https://voorbeeldstad.test"
"""Each message has a link with a key of its own, as it has outside."""
WARMS_UP = 30.0
"""Seconds that the processes get to start before the first is due."""
GIVES_UP = 900.0


class Killable(Protocol):
    def kill(self) -> None: ...


class TimedBotApi(BotApi):
    """Notes when it took each message."""

    def __init__(self, answers_in: float) -> None:
        super().__init__()
        self.taken: list[tuple[int, float]] = []
        self.answers_in = answers_in

    def answer_for(self, method: str, parameters: dict[str, object]) -> Answer | None:
        if method != "sendMessage":
            return None
        self.taken.append((int(str(parameters["chat_id"])), time.time()))
        return Answer(holds=self.answers_in) if self.answers_in else None


def telegram(pipe: Connection, answers_in: float = 0.0) -> None:
    """A process of its own: it answers `count`, `clear` and `all`."""
    with TimedBotApi(answers_in) as api:
        pipe.send(api.url)
        while (asked := pipe.recv()) != "stop":
            if asked == "clear":
                api.taken.clear()
                api.messages.clear()
                api.calls.clear()
            pipe.send(len({chat for chat, _ in api.taken}) if asked == "count" else list(api.taken))


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--reminders", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=3)
    asked.add_argument("--spread", type=float, default=60.0)
    asked.add_argument("--answers-in", type=float, default=0.0)
    given = asked.parse_args()
    pipe, end = multiprocessing.Pipe()
    serving = end, given.answers_in / 1000
    fake = multiprocessing.get_context("spawn").Process(target=telegram, args=serving, daemon=True)
    fake.start()
    url = pipe.recv()
    try:
        tell("ours", given.reminders, *ours(given.reminders, given.workers, given.spread, url, pipe))
        for schedulers in (1, given.workers):
            outcome = theirs(given.reminders, schedulers, given.spread, url, pipe)
            tell(f"APScheduler, {schedulers} on one store", given.reminders, *outcome)
    finally:
        pipe.send("stop")
        fake.join(5)


def ours(reminders: int, workers: int, spread: float, url: str, pipe: Connection) -> tuple[list[float], int, float]:
    database = open_new("postgresql")
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session)
    plan(database, town, reminders, timedelta(seconds=spread))
    began = time.time() + WARMS_UP
    dues = {chat: began + spread * (chat / reminders) for chat in range(reminders)}
    address = database.engine.url.render_as_string(hide_password=False)
    given, every = (address, url, TOKEN, town.slug), REMIND_EVERY
    names = [f"worker-{number}" for number in range(workers)]
    running = [Worker(*given, name, began, looks_every=every, public_url=PAGES).start() for name in names]
    return measure(dues, running, pipe, database)


def theirs(
    reminders: int, schedulers: int, spread: float, url: str, pipe: Connection
) -> tuple[list[float], int, float]:
    database = open_new("postgresql")
    address = database.engine.url.render_as_string(hide_password=False)
    began = time.time() + WARMS_UP + reminders / 200  # it stores them one by one
    store = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(address)}, timezone="UTC")
    store.start(paused=True)
    dues = {chat: began + spread * (chat / reminders) for chat in range(reminders)}
    for chat, due in dues.items():
        moment = datetime.fromtimestamp(due, UTC)
        store.add_job(remind, "date", run_date=moment, args=(url, chat), misfire_grace_time=None)
    store.shutdown()
    if time.time() > began:
        raise SystemExit("storing the jobs took too long to compare")
    program = [sys.executable, "-m", "benchmarks.reminders_beside", address]
    running = [subprocess.Popen(program, cwd=ROOT) for _ in range(schedulers)]
    return measure(dues, running, pipe, database)


def remind(url: str, chat: int) -> None:
    """The job of the other side: one call of the same method."""
    _client().post(f"{url}{TOKEN}/sendMessage", data={"chat_id": chat, "text": "U heeft een bericht van de gemeente."})


def _client(kept: list[httpx.Client] = []) -> httpx.Client:  # noqa: B006  one a process
    if not kept:
        kept.append(httpx.Client())
    return kept[0]


def measure(
    dues: dict[int, float], running: Sequence[Killable], pipe: Connection, database: Database
) -> tuple[list[float], int, float]:
    """How late each came, how many came twice, and the seconds from the first due to the last one out."""
    pipe.send("clear")
    pipe.recv()
    quiet, seen = time.time(), 0
    end = max(dues.values()) + GIVES_UP
    while seen < len(dues) and time.time() < end:
        time.sleep(0.5)
        pipe.send("count")
        now_seen = pipe.recv()
        quiet, seen = (time.time(), now_seen) if now_seen != seen else (quiet, seen)
        if seen and time.time() > max(*dues.values(), quiet) + 60:
            break  # nothing came for a minute: nothing will
    for process in running:
        process.kill()
    database.close()
    pipe.send("all")
    taken = pipe.recv()
    first: dict[int, float] = {}
    for chat, at in taken:
        first.setdefault(chat, at)
    late = [at - dues[chat] for chat, at in first.items()]
    doubles = sum(times - 1 for times in Counter(chat for chat, _ in taken).values())
    return late, doubles, max(first.values(), default=0.0) - min(dues.values())


def tell(who: str, reminders: int, late: list[float], doubles: int, seconds: float) -> None:
    if len(late) < 2:
        print(f"{who}: {len(late)} of {reminders} came")
        return
    cuts = statistics.quantiles(late, n=100)
    print(
        f"{who}: {len(late)} of {reminders} out in {seconds:.0f} s, late p50 {cuts[49]:.1f} s, p95 {cuts[94]:.1f} s, "
        f"at most {max(late):.1f} s; {doubles} twice",
        flush=True,
    )


if __name__ == "__main__":
    # The job is kept by its name: it must have the same one here and in the other processes.
    importlib.import_module("benchmarks.reminders").main()
