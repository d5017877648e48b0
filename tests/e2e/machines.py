"""The services of docker-compose.yml as processes of this machine: the same commands, settings and health checks.

What a container brings is put in its place by name: folders for volumes and secrets, ports of loopback for the names of
services, and a copy of what goes into an image for the image. So there is no environment of Rasa beside the product.
"""

import os
import re
import secrets
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from db.session import Database
from tests.compose import ROOT, Service, services
from tests.e2e.installation import borrow_models, free_port

PORTS = {"web": "8000", "actions": "5055", "rasa-1": "5005", "rasa-2": "5005", "redis": "6379"}
"""On which a container listens for the others."""


@dataclass
class Machine:
    """One process of a service. Others reach it on `port`; on `ops` it tells of itself."""

    service: Service
    folder: Path
    port: int
    ops: int
    environment: dict[str, str]
    command: list[str]
    health_check: list[str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True, cwd=self.folder
            )

    def kill(self) -> None:
        """`kill -9` of all that is in the container."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.kill()

    def is_healthy(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"{self.service.name} ended: {self.log[-2000:]}"
        return subprocess.run(self.health_check, env=self.environment, capture_output=True, check=False).returncode == 0

    @property
    def log_file(self) -> Path:
        return self.folder / "log"

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str) -> httpx.Response:
        """Of the listener that is not published."""
        return httpx.get(f"http://127.0.0.1:{self.ops}{path}", timeout=10)


class Machines:
    """`add(service)` makes a process that can be started; the first of a service has the port the others know."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.all: list[Machine] = []
        self._ports = {name: free_port() for name in PORTS}
        secret_files = folder / "secrets"
        secret_files.mkdir(parents=True)
        for name in ("secret_key", "rasa_token", "redis_password", "backup_key"):
            (secret_files / name).write_text(secrets.token_urlsafe(48), encoding="utf-8")
        (secret_files / "database_url").write_text(database_url, encoding="utf-8")
        borrow_models(folder / "models")
        copy_of_image(folder / "app")

    @property
    def database(self) -> Database:
        return Database(self.database_url)

    def add(self, name: str, places: dict[str, str] | None = None, **settings: str) -> Machine:
        """`places`: what else stands for what. `settings`: what the file leaves to others."""
        service, number = services()[name], sum(machine.service.name == name for machine in self.all)
        folder = self.folder / f"{name}-{number}"
        folder.mkdir()
        if "/data/models" in str(service.told.get("volumes")):
            (folder / "models").symlink_to(self.folder / "models")
        port = free_port() if number else self._ports.get(name, 0)
        fill = Filler(self._places(name, folder, port) | (places or {}))
        ops = free_port()
        environment = {key: fill(value) for key, value in service.environment.items() if key not in ("PATH", "HOME")}
        environment |= self._of_this_machine(service, folder, port, ops) | settings
        kind, *check = service.told["healthcheck"].get("test", ["NONE"])
        health_check = [*(["sh", "-c"] if kind == "CMD-SHELL" else []), *map(fill, check)]
        command = [fill(word) for word in service.command]
        self.all.append(Machine(service, folder, port, ops, environment, command, health_check))
        return self.all[-1]

    def _places(self, name: str, folder: Path, port: int) -> dict[str, str]:
        """What stands in the file, and what it is here."""
        known = {f"{other}:{PORTS[other]}": f"127.0.0.1:{self._ports[other]}" for other in PORTS if other != "web"}
        own = PORTS.get(name)
        for word in ("127.0.0.1:{}", "--port={}", "-p {}") if own else ():
            known[word.format(own)] = word.format(port)
        known[f"--port {own}"] = f"--port {port} --bind 127.0.0.1"
        app = f"{self.folder}/app"
        volumes = {"/run/secrets": f"{self.folder}/secrets", "/models": f"{self.folder}/models", "/tmp": str(folder)}  # noqa: S108
        return known | volumes | {"/app": app, "/nlu": f"{app}/nlu", "0.0.0.0": "127.0.0.1"}  # noqa: S104

    def _of_this_machine(self, service: Service, folder: Path, port: int, ops: int) -> dict[str, str]:
        """Where programs are, and ports that every container has for itself."""
        venv = ROOT / "nlu" / ".venv" if service.is_ours and "nlu" in service.dockerfile.parts else ROOT / ".venv"
        given = {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "HOME": str(folder)}
        if service.command[0] != "trede":
            return given
        ports = {"PORT": str(port), "TREDE_ACTIONS_PORT": str(port), "TREDE_OPS_PORT": str(ops)}
        # The tests' own Trede is installed in that environment; the copy comes before it.
        return given | ports | {"TREDE_DATA_DIR": str(folder), "PYTHONPATH": f"{self.folder}/app"}

    def stop(self) -> None:
        for machine in reversed(self.all):
            machine.stop()


class Filler:
    """Puts everything in its place at once: what was put in is not looked at again."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = {"$$": "$"} | places
        longest_first = sorted(self.places, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def __call__(self, word: str) -> str:
        return self.pattern.sub(lambda found: self.places[found[0]], word)


def copy_of_image(folder: Path) -> None:
    """What .dockerignore lets in."""
    rules = [line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"]
    for name in rules:
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__", "*.egg-info", ".venv")
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
