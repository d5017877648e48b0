"""Processes that are killed: the child is replaced, the parent takes the child along, nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import doors
from conftest import NLU

KILLS = 20


def test_children_killed_under_load_are_replaced_and_no_line_is_lost(trained: Path, tmp_path: Path) -> None:
    with doors.serve(trained, tmp_path) as server:
        stop, lost = threading.Event(), []
        callers = [threading.Thread(target=_talk, args=(server, f"busy-{one}", stop, lost)) for one in range(3)]
        for caller in callers:
            caller.start()
        children = [_kill_child(server) for _ in range(KILLS)]
        stop.set()
        for caller in callers:
            caller.join(timeout=30)
        assert lost == [] and len(set(children)) == KILLS
        assert all(doors.gone_within(child, 1) for child in children)


def test_a_killed_parent_takes_the_child_along_and_frees_the_port(trained: Path, tmp_path: Path) -> None:
    with doors.serve(trained, tmp_path) as server:
        child = server.child()
        server.process.kill()
        assert doors.gone_within(child, 1)
        with doors.socket.create_server(("127.0.0.1", server.port)):
            pass


def test_the_end_of_stdin_ends_both(trained: Path, tmp_path: Path) -> None:
    with doors.serve(trained, tmp_path) as server:
        child = server.child()
        assert server.process.stdin
        server.process.stdin.close()
        assert server.process.wait(timeout=8) == 0
        assert doors.gone_within(child, 1)


def test_a_changed_model_is_refused(trained: Path, tmp_path: Path) -> None:
    model = tmp_path / trained.name
    model.write_bytes(trained.read_bytes() + b"\0")
    (tmp_path / "trede-small.manifest.json").write_bytes(trained.with_name("trede-small.manifest.json").read_bytes())
    for command in (["serve.py", "--port", "1", "--actions-url", "http://127.0.0.1:1"], ["parse.py"]):
        done = subprocess.run(
            [sys.executable, str(NLU / command[0]), *command[1:], "--model", str(model)],
            env={**os.environ, "TREDE_RASA_TOKEN": "x"}, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 3 and "sha256" in done.stderr


def _kill_child(server: doors.Server) -> int:
    child = server.child()
    os.kill(child, signal.SIGKILL)
    doors.gone_within(child, 2)
    doors.until_ready(server, 10)
    time.sleep(0.1)
    return child


def _talk(server: doors.Server, conversation: str, stop: threading.Event, lost: list[str]) -> None:
    """As our web process does: a line that broke off is sent again under its own number, until it is answered."""
    number = 0
    while not stop.is_set():
        number += 1
        line = {"conversation": conversation, "line": str(number), "text": "mag ik op vakantie"}
        for _ in range(5):
            try:
                status, reply = server.call("webhook", line)
            except OSError:
                continue
            if status == 200 and len(reply["messages"]) == 1:
                break
        else:
            lost.append(f"{conversation} {number}")
