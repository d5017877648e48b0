"""The commands of nlu/ as other programs use them: train, serve and parse in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import NLU
from fake_actions import FakeActions

TOKEN = "a-token-for-tests"


def train(material: dict[str, Any], folder: Path) -> Path:
    (folder / "material.json").write_text(json.dumps(material))
    command = [sys.executable, str(NLU / "train.py"), "--material", str(folder / "material.json"), "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()][-1]["step"] == "done"
    return folder / f"trede-{material['version']}.tar.gz"


def parse(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    asked = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [sys.executable, str(NLU / "parse.py"), "--model", str(model)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    actions: FakeActions
    log: Path
    lines: int = 0
    conversations: int = 0
    said: list[str] = field(default_factory=list)

    def call(self, path: str, body: object = None, token: str = TOKEN, wait: float = 20) -> tuple[int, Any]:
        """Status and JSON (None for an empty body)."""
        data = None if body is None else json.dumps(body).encode()
        address = f"http://127.0.0.1:{self.port}/webhooks/trede/{path}"
        request = urllib.request.Request(address, data, {"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=wait) as response:
                return response.status, json.loads(response.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def new_conversation(self) -> str:
        self.conversations += 1
        return f"conversation-{self.conversations}"

    def say(self, conversation: str, text: str, payload: bool = False, line: str = "") -> dict[str, Any]:
        self.lines += 1
        self.said.append(text)
        body = {"conversation": conversation, "line": line or f"line-{self.lines}", "text": text, "payload": payload}
        status, reply = self.call("webhook", body)
        assert status == 200, reply
        return dict(reply)

    def actions_said(self, conversation: str, text: str, payload: bool = False) -> list[str]:
        """The actions whose words came back."""
        return [message["custom"]["action"] for message in self.say(conversation, text, payload)["messages"]]

    def child(self) -> int:
        """The process id of the one that serves now."""
        started = [json.loads(line) for line in self.log.read_text().splitlines() if '"child_started"' in line]
        return int(started[-1]["child"])


@contextmanager
def serve(
    model: Path, folder: Path, wait_until_ready: bool = True, tracker: str = "", **environment: str
) -> Iterator[Server]:
    """`model`: one file, or a folder in which live.json names it."""
    actions, port, log = FakeActions(), free_port(), folder / "serve.log"
    which = "--models" if model.is_dir() else "--model"
    command = [sys.executable, str(NLU / "serve.py"), which, str(model), "--port", str(port), "--exit-with-parent"]
    command += ["--actions-url", actions.url, "--tracker", tracker or str(folder / "tracker.sqlite")]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, env={**os.environ, "TREDE_RASA_TOKEN": TOKEN, **environment}, stdin=subprocess.PIPE, stderr=errors
        )
    server = Server(process, port, actions, log)
    try:
        if wait_until_ready:
            until_ready(server)
        yield server
    finally:
        actions.shutdown()
        actions.server_close()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


def until_ready(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.log.read_text()
        try:
            if server.call("health", wait=2)[1]["ready"]:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"not ready after {seconds} s: {server.log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gone_within(process_id: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not _alive(process_id):
            return True
        time.sleep(0.02)
    return False


def _alive(process_id: int) -> bool:
    """A zombie counts as gone: nobody is left to collect it in a container without init."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
