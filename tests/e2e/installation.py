"""A whole installation as an operator has it: `trede run` in a process of its own, with a data folder of its own."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

import httpx

from db.session import Database

ROOT = Path(__file__).parent.parent.parent
TREDE = ROOT / ".venv" / "bin" / "trede"
MODELS = ROOT / "var" / "tests" / "models"
"""Models are made once for all tests, and again only when content or code has changed."""
KEPT = 8
STARTS_WITHIN = 120.0


class Installation:
    """Started by `start()`; `kill_*` do what `kill -9` does."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        borrow_models(folder / "models")

    @property
    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("TREDE_")}
        return own | {"TREDE_DATA_DIR": str(self.folder), "PORT": str(self.port)} | self.settings

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    @property
    def database(self) -> Database:
        return Database(self.settings.get("TREDE_DATABASE_URL", f"sqlite:///{self.folder / 'trede.db'}"))

    def trede(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(TREDE), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=560)

    def pipe(
        self, command: str, given: IO[bytes] | None = None, out: IO[bytes] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """A command with `-` for its file."""
        return subprocess.run(
            [str(TREDE), command, "-"],
            env=self.environment,
            stdin=given,
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )

    def start(self, part: str = "run") -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(TREDE), part], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_ready(self, seconds: float = STARTS_WITHIN) -> None:
        wait_for(self.is_ready, seconds, lambda: f"not ready; log: {self.log[-2000:]}")

    def is_ready(self) -> bool:
        return self._is_well("/readyz")

    def is_alive(self) -> bool:
        return self._is_well("/livez")

    def _is_well(self, path: str) -> bool:
        try:
            return httpx.get(self.url + path, timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def kill_all(self) -> None:
        """The whole tree, as when the power goes."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_web(self) -> None:
        """The process that holds web, actions and clock; Rasa has to notice by itself."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def kill_rasa(self, *, keeper: bool) -> bool:
        """The serving process, or the one that keeps it. False when it is not there at this moment."""
        rasas = [pid for pid in descendants(self.process) if "serve.py" in command_of(pid)]
        chosen = rasas[:1] if keeper else rasas[1:2]
        for pid in chosen:
            os.kill(pid, signal.SIGKILL)
        return bool(chosen)

    def wipe(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two processes of tests need the same model: the second waits, and finds it."""
    MODELS.mkdir(parents=True, exist_ok=True)
    with (MODELS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def borrow_models(folder: Path) -> None:
    """Links, not a folder in common: which model is live is for each installation to say."""
    MODELS.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    for path in MODELS.glob("trede-*"):
        if not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)


def give_models(folder: Path) -> None:
    """Keep what was made here for later test runs; the manifest first, as the product does."""
    for path in sorted(folder.glob("trede-*")):
        if not path.is_symlink():
            shutil.copy2(path, MODELS)
    for old in sorted(MODELS.glob("trede-*"), key=lambda path: path.stat().st_mtime)[: -2 * KEPT]:
        old.unlink()


class Resident:
    """Somebody with a phone and no JavaScript."""

    def __init__(self, url: str, slug: str = "groningen") -> None:
        self.slug = slug
        self.client = httpx.Client(base_url=url, timeout=15)
        self.page = self.client.get(f"/{slug}").text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    def says(self, text: str, nonce: str | None = None) -> str:
        """The page that comes back: with the answer, or with the word that it is on its way."""
        form = self._hidden() | {"tekst": text} | ({"nonce": nonce} if nonce else {})
        return self._post(form)

    def presses(self, label: str) -> str:
        found = re.findall(
            r'<button[^>]*name="keuze"[^>]*value="([^"]+)"[^>]*>\s*(?:<[^>]+>)*\s*([^<]+?)\s*<', self.page
        )
        choices = [value for value, shown in found if shown == label]
        assert choices, f"no button {label!r} among {[shown for _, shown in found]}"
        return self._post(self._hidden() | {"keuze": choices[-1]})

    def looks_again(self) -> str:
        self.page = self.client.get(f"/{self.slug}").text
        return self.page

    def waits_for(self, text: str, seconds: float = 20) -> str:
        wait_for(lambda: text in self.looks_again(), seconds, lambda: f"{text!r} never came; page: {plain(self.page)}")
        return self.page

    def _post(self, form: dict[str, str]) -> str:
        answer = self.client.post(f"/{self.slug}/regel", data=form, follow_redirects=True)
        answer.raise_for_status()
        self.page = answer.text
        return self.page

    def _hidden(self) -> dict[str, str]:
        return dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', self.page))


def plain(page: str) -> str:
    """What stands on a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?strong>", "", page)))


def wait_for(holds: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(otherwise())
        time.sleep(0.1)


def descendants(process: subprocess.Popen[bytes] | None) -> list[int]:
    """Process numbers below this one, parents before children."""
    found = [process.pid] if process is not None else []
    for pid in found:
        found += children_of(pid)
    return found[1:]


def children_of(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, task.read_text().split())
        except OSError:
            continue


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
