"""Several servers with one memory in Redis: a conversation goes on at another one, also when the first is killed."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import doors
import pytest
import redis

PASSWORD = "a-password-of-these-tests"
PATIENCE = 3.0  # seconds that the product waits for an answer


@dataclass
class RealRedis:
    """`redis-server` on a free port, with a password and without a disk."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is not there: `make setup-test` installs it"
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--requirepass", PASSWORD, "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(100):
            try:
                self.client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("redis-server does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    @property
    def client(self) -> Any:
        return redis.Redis(port=self.port, password=PASSWORD)

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealRedis]:
    real = RealRedis(tmp_path_factory.mktemp("redis"), doors.free_port())
    real.start()
    yield real
    real.stop()


@pytest.fixture(scope="module")
def pair(
    trained: Path, tmp_path_factory: pytest.TempPathFactory, memory: RealRedis
) -> Iterator[tuple[doors.Server, doors.Server]]:
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    with serve(trained, folders[0], memory) as first, serve(trained, folders[1], memory) as second:
        yield first, second


def serve(trained: Path, folder: Path, memory: RealRedis) -> AbstractContextManager[doors.Server]:
    return doors.serve(trained, folder, tracker=memory.address, TREDE_REDIS_PASSWORD=PASSWORD)


def ask(server: doors.Server, conversation: str, text: str, line: str) -> tuple[int, Any]:
    return server.call("webhook", {"conversation": conversation, "line": line, "text": text})


def test_a_form_goes_on_at_the_other_server(pair: tuple[doors.Server, doors.Server], memory: RealRedis) -> None:
    first, second = pair
    assert first.actions_said("moves", "verwijder mijn gegevens") == ["action_ask_delete_confirmed"]
    assert second.say("moves", "ja", line="2")["messages"][0]["custom"]["action"] == "action_delete_my_data"
    assert memory.client.keys("turn:*") == []
    assert 0 < memory.client.ttl("remembered:moves") <= 2 * 24 * 3600


def test_the_same_line_is_told_again_by_the_other_server(pair: tuple[doors.Server, doors.Server]) -> None:
    first, second = pair
    second.actions.ran.clear()
    assert ask(first, "again", "mag ik op vakantie", "7") == ask(second, "again", "mag ik op vakantie", "7")
    assert second.actions.ran == []


def test_a_server_killed_in_a_turn_keeps_nobody_out(
    pair: tuple[doors.Server, doors.Server], trained: Path, tmp_path: Path, memory: RealRedis
) -> None:
    with serve(trained, tmp_path, memory) as doomed:
        doomed.actions.hold.clear()
        lost = threading.Thread(target=_ask_in_vain, args=(doomed,))
        lost.start()
        while not doomed.actions.ran:
            time.sleep(0.01)
        doomed.process.kill()
        started = time.monotonic()
        status, reply = ask(pair[1], "killed", "mag ik op vakantie", "1")
        took = time.monotonic() - started
        doomed.actions.hold.set()
        lost.join(10)
    assert status == 200 and len(reply["messages"]) == 1
    assert took < PATIENCE


def test_two_servers_take_one_conversation_in_turns(pair: tuple[doors.Server, doors.Server]) -> None:
    replies: list[tuple[int, Any]] = []
    for server in pair:
        server.actions.ran.clear()
    threads = [
        threading.Thread(target=lambda n=n: replies.append(ask(pair[n % 2], "busy", "mag ik op vakantie", str(n))))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [status for status, _ in replies] == [200] * 12
    assert sum(len(server.actions.ran) for server in pair) == 12


def test_without_its_memory_a_server_asks_for_patience_and_comes_back(
    pair: tuple[doors.Server, doors.Server], memory: RealRedis
) -> None:
    first, _ = pair
    memory.stop()
    try:
        assert ask(first, "patient", "mag ik op vakantie", "1")[0] == 503
        health = first.call("health")[1]
        assert (health["ready"], health["remembers"]) == (False, False)
        assert first.call("forget", {"conversation": "patient"})[0] >= 500
    finally:
        memory.start()
    status, reply = ask(first, "patient", "mag ik op vakantie", "1")
    assert status == 200 and len(reply["messages"]) == 1
    assert first.call("health")[1]["ready"] is True


def test_the_password_stands_in_no_log_and_no_list_of_processes(pair: tuple[doors.Server, doors.Server]) -> None:
    first, _ = pair
    assert PASSWORD not in Path(f"/proc/{first.process.pid}/cmdline").read_text()
    assert PASSWORD not in first.log.read_text()
    assert all(json.loads(line) for line in first.log.read_text().splitlines())


def _ask_in_vain(server: doors.Server) -> None:
    try:
        ask(server, "killed", "mag ik op vakantie", "1")
    except OSError:
        return
