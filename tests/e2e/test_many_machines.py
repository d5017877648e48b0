"""Many machines: the commands of docker-compose.yml, two of each, while one of each is killed.

Nothing is lost, nothing is doubled, nobody gets silence, and no text of anybody is in any log.
"""

import html
import json
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

import httpx
import pytest
from sqlalchemy import URL, func, select

from db.models import Conversation, Message, MessageKind, MessageStatus
from tests.conftest import new_database
from tests.e2e.installation import Resident, plain, wait_for
from tests.e2e.machines import Machine, Machines
from tests.fakes.bot_api import BotApi

pytestmark = pytest.mark.e2e

STARTS_WITHIN = 240.0
RESIDENTS = 4
SEED = 20261123
LINES = ("hoeveel mag ik sparen", "kan ik vakantie houden in turkije", "wanneer krijg ik geld", "bezwaar maken")
BSN = "123456782"
CANARY = "zeggeniemanddit"


@dataclass
class Town:
    """All processes, by what they do."""

    machines: Machines
    redis: Machine
    trainer: Machine
    actions: list[Machine]
    rasas: list[Machine]
    webs: list[Machine]
    workers: list[Machine]

    @property
    def ours(self) -> list[Machine]:
        return [*self.actions, *self.webs, *self.workers]

    @property
    def everything(self) -> list[Machine]:
        return [self.redis, self.trainer, *self.rasas, *self.ours]


@pytest.fixture(scope="module")
def town(trained: None, postgresql: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    machines = Machines(tmp_path_factory.mktemp("machines") / "town", new_database(postgresql))
    try:
        yield start(machines)
    finally:
        machines.stop()


def start(machines: Machines) -> Town:
    """In the order in which the file makes them wait for each other."""
    redis, trainer, prepare = (machines.add(name) for name in ("redis", "trainer", "prepare"))
    redis.start()
    trainer.start()
    until_healthy(redis, trainer)
    prepare.start()
    assert prepare.process is not None
    assert prepare.process.wait(STARTS_WITHIN) == 0, prepare.log
    actions = [machines.add("actions"), machines.add("actions")]
    # In a network of containers one name leads to both.
    other = {"actions:5055": f"127.0.0.1:{actions[1].port}"}
    rasas = [machines.add("rasa-1"), machines.add("rasa-2", other)]
    webs = [machines.add("web"), machines.add("web")]
    workers = [machines.add("worker"), machines.add("worker")]
    for machine in (*actions, *rasas, *webs, *workers):
        machine.start()
    until_healthy(*actions, *rasas, *webs, *workers)
    return Town(machines, redis, trainer, actions, rasas, webs, workers)


def until_healthy(*machines: Machine) -> None:
    for machine in machines:
        wait_for(machine.is_healthy, STARTS_WITHIN, lambda m=machine: f"{m.service.name}: {m.log[-2000:]}")  # type: ignore[misc]


class Roaming(Resident):
    """A resident whose every line may go to another web, as a proxy sends them; one that is down is passed over."""

    def __init__(self, webs: list[Machine], slug: str = "groningen") -> None:
        self.webs = webs
        super().__init__(webs[0].url, slug)

    def goes_to(self, web: Machine) -> None:
        self.client.base_url = httpx.URL(web.url)

    @property
    def stream(self) -> str:
        """Where this page would hear what is written."""
        found = re.search(r'hx-sse:connect="([^"]+)"', self.page)
        assert found is not None
        return html.unescape(found[1])


@dataclass
class Load:
    """Residents who go on writing at any web, and send a line again under its number until it is accepted."""

    webs: list[Machine]
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
        with Roaming(self.webs) as visitor:
            while not self.over.is_set():
                word = "".join(secrets.choice(ascii_lowercase) for _ in range(12))
                self._write(visitor, f"{chance.choice(LINES)} {word} {CANARY} {BSN}", chance)
                # At most 20 lines a minute are taken in; a person does not type faster either.
                self.over.wait(chance.uniform(3.2, 4.5))

    def _write(self, visitor: Roaming, text: str, chance: random.Random) -> None:
        nonce = secrets.token_hex(8)
        while not self.over.is_set():
            visitor.goes_to(chance.choice(self.webs))
            try:
                visitor.says(text, nonce)
            except httpx.HTTPStatusError as error:
                self.refused.append(error.response.status_code)
                return
            except httpx.HTTPError:
                time.sleep(0.2)
            else:
                self.accepted[text.replace(BSN, "[bsn]")] += 1
                return


def test_a_conversation_goes_on_at_another_web_and_another_rasa(town: Town) -> None:
    with Roaming(town.webs) as resident:
        resident.says("verwijder mijn gegevens")
        resident.goes_to(town.webs[1])
        assert "echt wissen" in resident.looks_again()
        killed = town.rasas[0]
        killed.kill()
        wiped = resident.says("ja")
        killed.start()

    assert "gewist" in plain(wiped)
    assert "verwijder mijn gegevens" not in wiped


def test_a_page_at_one_web_hears_what_is_written_at_another(town: Town) -> None:
    with Roaming(town.webs) as resident:
        resident.says("hoeveel mag ik sparen")
        heard = threading.Event()
        listening = threading.Thread(target=listen_for, args=(resident, town.webs[0], "turkije", heard))
        listening.start()
        resident.goes_to(town.webs[1])
        resident.says("kan ik vakantie houden in turkije")
        listening.join(15)

        assert heard.is_set()


def listen_for(resident: Roaming, web: Machine, word: str, heard: threading.Event) -> None:
    with httpx.stream("GET", web.url + resident.stream, cookies=resident.client.cookies, timeout=10) as stream:
        for line in stream.iter_lines():
            if word in line:
                heard.set()
                return


def test_one_of_each_is_killed_and_nothing_is_lost_or_doubled(town: Town) -> None:
    until_healthy(*town.rasas)
    load = Load(town.webs)
    threads = load.start()
    for machine in (town.rasas[0], town.webs[0], town.workers[0], town.actions[0], town.redis, town.rasas[1]):
        time.sleep(4)
        machine.kill()
        time.sleep(3)
        machine.start()
        until_healthy(machine)
    load.over.set()
    for thread in threads:
        thread.join(30)
    wait_for(lambda: count_open(town) == 0, 90, lambda: "lines stay open")

    assert sum(load.accepted.values()) > 3 * RESIDENTS, f"too few lines to prove anything: {load.accepted}"
    assert not load.refused
    check_every_accepted_line(town, load)


def count_open(town: Town) -> int:
    database = town.machines.database
    with database.reading() as session:
        open_lines = session.scalar(select(func.count(Message.id)).where(Message.status == MessageStatus.RECEIVED))
    database.close()
    return open_lines or 0


def check_every_accepted_line(town: Town, load: Load) -> None:
    database = town.machines.database
    with database.reading() as session:
        of_load = select(Message).where(Message.text.contains(CANARY), Message.kind == MessageKind.LINE)
        lines = session.scalars(of_load).all()
        answers = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWER)).all()
        conversations = {line.conversation_id for line in lines}
        known = session.scalar(select(func.count(Conversation.id)).where(Conversation.id.in_(conversations)))
    database.close()
    stored = Counter(line.text for line in lines)
    answered = Counter((answer.in_reply_to, answer.part) for answer in answers)

    assert {text for text in load.accepted if stored[text] != 1} == set()
    assert [line.id for line in lines if answered[line.id, 0] != 1] == []
    assert [key for key, times in answered.items() if times > 1] == []
    assert known == RESIDENTS, "each of them has one conversation, whichever web a line went to"


def test_telegram_is_one_more_process_that_alone_has_the_token(town: Town) -> None:
    with BotApi() as bot_api:
        (town.machines.folder / "secrets" / "telegram_token").write_text(bot_api.token, encoding="utf-8")
        telegram = town.machines.add("telegram", TREDE_TELEGRAM_API_URL=bot_api.url)
        telegram.start()
        until_healthy(telegram)
        bot_api.resident_writes(77, f"kan ik vakantie houden in turkije {CANARY} {BSN}")
        wait_for(lambda: any("artikel 13" in sent.text for sent in bot_api.sent_to(77)), 60, lambda: telegram.log)
        telegram.stop()

        assert all(bot_api.token not in machine.log for machine in town.machines.all)
        assert "TREDE_TELEGRAM_TOKEN_FILE" not in town.workers[0].environment


def test_every_process_tells_of_itself_where_nobody_from_outside_comes(town: Town) -> None:
    until_healthy(*town.everything)
    for machine in town.ours:
        assert (machine.ask("/livez").status_code, machine.ask("/readyz").status_code) == (200, 200)
        assert "trede_build_info" in machine.ask("/metrics").text
    assert httpx.get(f"{town.webs[0].url}/metrics").status_code == 404
    wait_for(
        lambda: 'trede_processes{part="web"} 2.0' in town.workers[0].ask("/metrics").text, 60,
        lambda: town.workers[0].ask("/metrics").text,
    )  # fmt: skip


def test_no_log_holds_what_anybody_wrote_and_every_line_of_ours_is_json(town: Town) -> None:
    for machine in town.machines.all:
        assert CANARY not in machine.log, machine.service.name
        assert BSN not in machine.log, machine.service.name
        for name in ("secret_key", "rasa_token", "redis_password"):
            assert (town.machines.folder / "secrets" / name).read_text() not in machine.log
    for machine in (*town.ours, *town.rasas):
        for line in machine.log.splitlines():
            assert isinstance(json.loads(line), dict), line
