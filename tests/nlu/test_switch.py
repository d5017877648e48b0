"""Another model is asked for while residents talk: a second process on trial, no call lost, and the old one when it fails."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import archive
import doors
import pytest

TALKERS = 4


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def running(trained: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[doors.Server]:
    put(trained, models, "first")
    point(models, "first")
    with doors.serve(models, tmp_path_factory.mktemp("running")) as server:
        yield server


@pytest.fixture
def server(running: doors.Server, trained: Path, models: Path) -> doors.Server:
    """One process that serves `first`, with `second` beside it, whatever the test before has done."""
    for version in ("first", "second"):
        put(trained, models, version)
    point(models, "first")
    until(lambda: serves(running, "first") and len(children(running)) == 1, running, 30)
    return running


def put(trained: Path, folder: Path, version: str, **other: Any) -> Path:
    """The small model under another name, with another word in its manifest."""
    file = folder / f"trede-{version}.tar.gz"
    shutil.copyfile(trained, file)
    manifest = json.loads(archive.manifest_path(trained).read_text())
    archive.manifest_path(file).write_text(json.dumps({**manifest, "version": version, **other}))
    return file


def point(folder: Path, version: str) -> None:
    manifest = json.loads((folder / f"trede-{version}.manifest.json").read_text())
    aside = folder / "live.json.part"
    told = {"version": version, "file": f"trede-{version}.tar.gz", "sha256": manifest["sha256"], "at": str(time.time())}
    aside.write_text(json.dumps(told))
    aside.replace(folder / "live.json")


def health(server: doors.Server) -> dict[str, Any]:
    return dict(server.call("health")[1])


def until(holds: Callable[[], bool], server: doors.Server, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.02)


def serves(server: doors.Server, version: str) -> bool:
    """Whether a new call comes out at this model; a child that was just killed is waited for."""
    try:
        return bool(health(server)["model"] == version)
    except OSError:
        return False


def refused(server: doors.Server, version: str) -> str | None:
    told = health(server)["refused"]
    return told["why"] if told and told["version"] == version else None


def test_residents_who_go_on_talking_lose_nothing(models: Path, server: doors.Server) -> None:
    over, lost, models_heard = threading.Event(), list[str](), set[str]()
    talkers = [
        threading.Thread(target=talk, args=(server, f"talker-{one}", over, lost, models_heard.add))
        for one in range(TALKERS)
    ]
    for talker in talkers:
        talker.start()
    for version in ("second", "first", "second"):
        point(models, version)
        until(lambda version=version: serves(server, version), server)
        time.sleep(1.5)  # the child before takes its time to leave
    over.set()
    for talker in talkers:
        talker.join(20)
    assert lost == []
    assert models_heard == {"first", "second"}
    assert left_after(server, 10) == 1


def talk(server: doors.Server, name: str, over: threading.Event, lost: list[str], hear: Callable[[str], None]) -> None:
    """One connection for as long as it is kept, as our web process has it; nothing is sent twice."""
    connection, number = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20), 0
    while not over.is_set():
        number += 1
        line = {"conversation": name, "line": str(number), "text": "mag ik op vakantie"}
        try:
            connection.request("POST", "/webhooks/trede/webhook", json.dumps(line), AUTHORISED)
            response = connection.getresponse()
            reply = json.loads(response.read())
        except (OSError, http.client.HTTPException) as error:
            lost.append(f"{name} {number}: {error!r}")
            connection.close()
            continue
        hear(reply.get("model"))
        if response.status != 200 or len(reply["messages"]) != 1:
            lost.append(f"{name} {number}: {response.status}")


def test_once_no_other_child_is_left_every_call_comes_out_at_the_new_model(models: Path, server: doors.Server) -> None:
    over, lost = threading.Event(), list[str]()
    heard: list[str] = []
    talkers = [
        threading.Thread(target=talk, args=(server, f"waiter-{one}", over, lost, heard.append))
        for one in range(TALKERS)
    ]
    for talker in talkers:
        talker.start()
    until(lambda: len(heard) > TALKERS, server)
    point(models, "second")
    until(lambda: serves(server, "second") and health(server)["others"] == 0, server)
    asked_before = len(heard)
    until(lambda: len(heard) > asked_before + 5 * TALKERS, server)
    over.set()
    for talker in talkers:
        talker.join(20)
    assert lost == []
    assert set(heard[asked_before + TALKERS :]) == {"second"}


AUTHORISED = {"Authorization": f"Bearer {doors.TOKEN}", "Content-Type": "application/json"}


def children(server: doors.Server) -> list[int]:
    pid = server.process.pid
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def left_after(server: doors.Server, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while len(children(server)) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    return len(children(server))


def on_trial(models: Path, server: doors.Server, version: str) -> tuple[int, int]:
    """The process that serves, and the one that was born for the model asked for now."""
    (before,) = children(server)
    point(models, version)
    until(lambda: len(children(server)) > 1, server)
    return before, children(server)[-1]


def test_a_question_that_is_open_goes_on_with_the_next_model(models: Path, server: doors.Server) -> None:
    conversation = server.new_conversation()
    assert server.actions_said(conversation, "verwijder mijn gegevens") == ["action_ask_delete_confirmed"]
    point(models, "second")
    until(lambda: serves(server, "second"), server)
    assert server.actions_said(conversation, "ja graag") == ["action_delete_my_data"]


def test_a_model_that_does_not_sing_never_serves(trained: Path, models: Path, server: doors.Server) -> None:
    put(trained, models, "deaf", canaries=[{"text": "wanneer komt het geld", "topic": "holiday_abroad"}])
    point(models, "deaf")
    until(lambda: refused(server, "deaf") == "canaries_wrong", server)
    assert health(server)["model"] == "first" and health(server)["ready"]
    assert left_after(server, 5) == 1
    point(models, "first")
    until(lambda: health(server)["refused"] is None, server)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda file: file.write_bytes(file.read_bytes() + b"\0"), "file_changed"),
        (lambda file: file.unlink(), "file_missing"),
        (lambda file: archive.manifest_path(file).unlink(), "file_missing"),
        (lambda file: exchange(file, b"no model at all"), "unreadable"),
    ],
)
def test_a_file_that_is_broken_is_refused(
    models: Path, server: doors.Server, harm: Callable[[Path], object], why: str
) -> None:
    harm(models / "trede-second.tar.gz")
    if archive.manifest_path(models / "trede-second.tar.gz").exists():
        point(models, "second")
    else:
        told = json.loads((models / "live.json").read_text())
        (models / "live.json").write_text(json.dumps({**told, "version": "second", "file": "trede-second.tar.gz"}))
    until(lambda: refused(server, "second") == why, server)
    assert server.say(server.new_conversation(), "mag ik op vakantie")["model"] == "first"


def exchange(file: Path, content: bytes) -> None:
    """Other bytes, with a manifest that says that they are right."""
    file.write_bytes(content)
    path = archive.manifest_path(file)
    path.write_text(json.dumps({**json.loads(path.read_text()), "sha256": archive.sha256_of(file)}))


def test_one_killed_on_trial_changes_nothing(models: Path, server: doors.Server) -> None:
    before, trial = on_trial(models, server, "second")
    os.kill(trial, signal.SIGKILL)
    until(lambda: refused(server, "second") == "killed", server)
    assert children(server) == [before]
    assert server.say(server.new_conversation(), "mag ik op vakantie")["model"] == "first"


def test_one_killed_while_another_is_on_trial_is_replaced_and_the_trial_goes_on(
    models: Path, server: doors.Server
) -> None:
    before, _ = on_trial(models, server, "second")
    os.kill(before, signal.SIGKILL)
    assert server.say(server.new_conversation(), "mag ik op vakantie")["messages"]
    until(lambda: serves(server, "second"), server)
    assert left_after(server, 10) == 1


def test_one_killed_after_the_switch_is_replaced_by_the_same_model(models: Path, server: doors.Server) -> None:
    point(models, "second")
    until(lambda: serves(server, "second") and left_after(server, 10) == 1, server)
    os.kill(children(server)[0], signal.SIGKILL)
    assert server.say(server.new_conversation(), "mag ik op vakantie")["model"] == "second"


def test_two_askings_in_a_row_end_with_the_last(models: Path, server: doors.Server) -> None:
    before, _ = on_trial(models, server, "second")
    point(models, "first")
    until(lambda: before not in children(server) or children(server) == [before], server)
    until(lambda: serves(server, "first"), server)
    assert left_after(server, 20) == 1
    assert health(server)["model"] == "first"


def test_a_folder_without_a_model_is_waited_for(trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    put(trained, folder, "late")
    with doors.serve(folder, tmp_path, wait_until_ready=False) as server:
        time.sleep(1)
        assert server.process.poll() is None
        point(folder, "late")
        doors.until_ready(server)
        assert health(server)["model"] == "late"
