"""Rasa as it ships: `rasa run` with its REST channel, our model file, and actions that do the same work as ours.

No patch, no `--enable-api`. The tracker store is Rasa's default (memory, the fastest it has) or, asked for, SQLite; the
lock store is the default (memory). With two of them a resident always has the same one, as a proxy by cookie would do.
"""

import json
import zlib
from typing import Any, Self

import aiohttp
from anyio.to_thread import run_sync

from benchmarks.ground import SLUG, Ground, free_port
from benchmarks.rasas import start_actions
from cli.rasa_environment import NLU, PYTHON, rasa_environment
from cli.settings import ROOT


class PlainRasa:
    """`actions`: "ours", our quick action server in a process of its own and no domain sent along; or "sdk",
    rasa-sdk's own server with Rasa's default of sending the whole domain with every call."""

    name = "plain"

    def __init__(self, ground: Ground, rasas: int = 1, actions: str = "ours", tracker: str = "memory") -> None:
        self.ground, self.rasas, self.actions, self.tracker = ground, rasas, actions, tracker
        self._topics: list[tuple[str, str]] = []

    async def __aenter__(self) -> Self:
        actions_port = await run_sync(self._start_actions)
        ports = [await run_sync(self._start_rasa, f"plain-{n}", actions_port) for n in range(self.rasas)]
        self._clients = [aiohttp.ClientSession(f"http://127.0.0.1:{port}") for port in ports]
        return self

    async def __aexit__(self, *_error: object) -> None:
        for client in self._clients:
            await client.close()

    async def arrive(self, resident: str) -> None:
        """Nothing has to be opened."""

    async def ask(self, resident: str, text: str) -> None:
        client = self._clients[zlib.crc32(resident.encode()) % self.rasas]
        metadata = {"municipality": SLUG, "language": "nl"}
        body = {"sender": resident, "message": text, "metadata": metadata}
        async with client.post("/webhooks/rest/webhook", json=body, raise_for_status=True) as answer:
            said = json.loads(await answer.read())
        self._topics += [(text, message["custom"]["topic"]) for message in said]

    def answered(self) -> list[tuple[str, str]]:
        return self._topics

    def servers(self) -> list[int]:
        names = ["plain-actions", *(f"plain-{n}" for n in range(self.rasas))]
        return [self.ground.servers[name].pid for name in names]

    def _start_actions(self) -> int:
        commands = {
            "ours": [str(ROOT / ".venv" / "bin" / "trede"), "actions"],
            "sdk": [str(ROOT / ".venv" / "bin" / "python"), "-m", "benchmarks.sdk_actions"],
        }
        return start_actions(self.ground, "plain-actions", commands[self.actions])

    def _start_rasa(self, name: str, actions_port: int) -> int:
        port, folder = free_port(), self.ground.folder / name
        folder.mkdir()
        (folder / "credentials.yml").write_text("rest:\n")
        (folder / "endpoints.yml").write_text(json.dumps(self._endpoints(folder, actions_port)))
        command = [
            str(PYTHON), "-m", "rasa", "run", "--model", str(self.ground.model.file), "--port", str(port),
            "--interface", "127.0.0.1", "--credentials", str(folder / "credentials.yml"),
            "--endpoints", str(folder / "endpoints.yml"),
        ]  # fmt: skip
        # The model names a component of ours; nothing else of nlu/ is imported.
        self.ground.start(
            name, command, rasa_environment() | {"PYTHONPATH": str(NLU), "RASA_TELEMETRY_ENABLED": "false"}
        )
        self.ground.wait_for(name, f"http://127.0.0.1:{port}/webhooks/rest/")
        return port

    def _endpoints(self, folder: Any, actions_port: int) -> dict[str, Any]:
        action: dict[str, Any] = {"url": f"http://127.0.0.1:{actions_port}/webhook"}
        if self.actions == "ours":
            action |= {"enable_selective_domain": True, "headers": {"Authorization": f"Bearer {self.ground.token}"}}
        if self.tracker == "memory":
            return {"action_endpoint": action}
        return {
            "action_endpoint": action,
            "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "t.db")},
        }
