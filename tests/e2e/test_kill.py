"""`kill -9` at random moments under load: no accepted line lost, none answered twice."""

import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from string import ascii_lowercase

import httpx
import pytest
from sqlalchemy import func, select

from db.models import Message, MessageKind, MessageStatus
from tests.e2e.installation import Installation, Resident, wait_for

pytestmark = pytest.mark.e2e

KILLS = 30
RESIDENTS = 12
BETWEEN_KILLS = (0.1, 4.0)
"""Seconds after the web process is up: otherwise it would be killed again before anybody could write a line."""
SEED = 20261122
LINES = (
    "hoeveel mag ik sparen",
    "kan ik vakantie houden in turkije",
    "hallo",
    "wanneer krijg ik geld",
    "bezwaar maken",
)


@dataclass
class Load:
    """Residents who go on writing, and try again with the same number when the server did not accept a line."""

    url: str
    over: threading.Event = field(default_factory=threading.Event)
    accepted: Counter[str] = field(default_factory=Counter)
    refused: list[int] = field(default_factory=list)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._live, args=(number,), daemon=True) for number in range(RESIDENTS)]
        for thread in threads:
            thread.start()
        return threads

    def _live(self, number: int) -> None:
        chance = random.Random(SEED + number)
        visitor: Resident | None = None
        while not self.over.is_set():
            try:
                visitor = visitor or Resident(self.url)
                self._write(visitor, f"{chance.choice(LINES)} {token()}", secrets.token_hex(8))
            except httpx.HTTPError:
                time.sleep(0.3)
            # At most 20 lines a minute are taken in; a person does not type faster either.
            self.over.wait(chance.uniform(3.2, 4.5))
        if visitor is not None:
            visitor.client.close()

    def _write(self, visitor: Resident, text: str, nonce: str) -> None:
        while not self.over.is_set():
            try:
                visitor.says(text, nonce)
            except httpx.HTTPStatusError as error:
                self.refused.append(error.response.status_code)
                return
            except httpx.HTTPError:
                time.sleep(0.3)
            else:
                self.accepted[text] += 1
                return


def token() -> str:
    """Letters only: digits might be taken for a number of somebody's, and be masked."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(12))


def test_thirty_kills_lose_nothing_and_double_nothing(install: Callable[..., Installation]) -> None:
    installation = install()
    installation.start()
    installation.wait_until_ready()
    load = Load(installation.url)
    threads = load.start()
    kill_at_random(installation, KILLS)
    load.over.set()
    for thread in threads:
        thread.join(30)
    wait_for(lambda: count(installation, MessageStatus.RECEIVED) == 0, 90, lambda: "lines stay open")
    assert sum(load.accepted.values()) > KILLS, f"the load was too small to prove anything: {load.accepted}"
    assert not load.refused
    check_every_accepted_line(installation, load)


def kill_at_random(installation: Installation, times: int) -> None:
    """Rasa's server, its keeper, the web process, or the whole tree; what does not come back by itself is started."""
    chance = random.Random(SEED)
    kinds = ["rasa", "keeper", "web", "tree"] * (times // 4 + 1)
    for kind in chance.sample(kinds, times):
        wait_for(installation.is_alive, 60, lambda: f"does not come up: {installation.log[-1500:]}")
        time.sleep(chance.uniform(*BETWEEN_KILLS))
        if kind in ("rasa", "keeper"):
            # At this moment it may not be there yet, after an earlier kill: then there is nothing to kill.
            installation.kill_rasa(keeper=kind == "keeper")
            continue
        if kind == "web":
            installation.kill_web()
        else:
            installation.kill_all()
        installation.start()


def count(installation: Installation, status: MessageStatus) -> int:
    database = installation.database
    with database.reading() as session:
        number = session.scalar(select(func.count(Message.id)).where(Message.status == status)) or 0
    database.close()
    return number


def check_every_accepted_line(installation: Installation, load: Load) -> None:
    database = installation.database
    with database.reading() as session:
        lines = session.scalars(select(Message).where(Message.kind == MessageKind.LINE)).all()
        answers = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWER)).all()
    database.close()
    stored = Counter(line.text for line in lines)
    answered = Counter((answer.in_reply_to, answer.part) for answer in answers)
    assert {text for text in load.accepted if stored[text] != 1} == set()
    assert [line.id for line in lines if answered[line.id, 0] != 1] == []
    assert [key for key, times in answered.items() if times > 1] == []
