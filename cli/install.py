"""Everything a fresh machine needs, step by step, with what it does and how far it is.

Run by whatever Python 3 is there, so nothing outside the standard library is imported here. A step that was done is
not done again: its stamp holds the fingerprint of what it was made from, and is written only when it succeeded.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def main(goal: str) -> None:
    steps = [
        ("uv, de installateur van Python-pakketten", install_uv, [UV_VERSION]),
        ("de omgeving van Trede (Python 3.12)", install_product, ["pyproject.toml", "uv.lock"]),
        ("de omgeving van Rasa (Python 3.10, 2,7 GB)", install_rasa, ["nlu/pyproject.toml", "nlu/uv.lock"]),
    ]
    if goal == "test":
        steps += [
            ("de omgeving voor de tests", install_test_tools, ["pyproject.toml", "uv.lock"]),
            ("de omgeving voor de tests van Rasa", install_rasa_test_tools, ["nlu/pyproject.toml", "nlu/uv.lock"]),
            ("een browser voor de tests", install_browser, ["browser"]),
            ("Redis voor de tests met veel machines", install_redis, ["redis"]),
        ]
    for number, (what, work, made_from) in enumerate(steps, start=1):
        step(f"[{number}/{len(steps)}] {what}", work, made_from)


def step(title: str, work: Callable[[], None], made_from: list[str]) -> None:
    stamp = TOOLS / "stamps" / work.__name__
    fingerprint = fingerprint_of(made_from)
    if stamp.exists() and stamp.read_text() == fingerprint and is_still_there(work.__name__):
        say(f"{title}: staat er al")
        return
    say(f"{title} ...")
    started = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    say(f"{title}: klaar in {time.monotonic() - started:.0f} s")


def fingerprint_of(made_from: list[str]) -> str:
    """Of the contents, for files; of the word itself, for anything else."""
    digest = hashlib.sha256()
    for name in made_from:
        path = ROOT / name
        digest.update(path.read_bytes() if path.is_file() else name.encode())
    return digest.hexdigest()


def is_still_there(work: str) -> bool:
    """A stamp says nothing when somebody removed what it stands for."""
    needed: dict[str, Callable[[], object]] = {
        "install_uv": lambda: uv() is not None,
        "install_product": (ROOT / ".venv" / "bin" / "trede").exists,
        "install_test_tools": (ROOT / ".venv" / "bin" / "pytest").exists,
        "install_rasa": (ROOT / "nlu" / ".venv" / "bin" / "rasa").exists,
        "install_rasa_test_tools": (ROOT / "nlu" / ".venv" / "bin" / "pytest").exists,
        "install_browser": lambda: find_browser() is not None or (TOOLS / "browsers").exists(),
        "install_redis": lambda: shutil.which("redis-server") is not None,
    }
    return bool(needed[work]())


def install_uv() -> None:
    """uv in a small environment of its own, by pip."""
    if uv() is not None:
        return
    folder = TOOLS / "uv"
    try:
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"])
    except subprocess.CalledProcessError:
        # Debian's Python comes without ensurepip: pip itself can still put the package in a folder.
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), f"uv=={UV_VERSION}"])


def uv() -> str | None:
    for path in (TOOLS / "uv" / "bin" / "uv", shutil.which("uv")):
        if path and Path(path).exists():
            return str(path)
    return None


def install_product() -> None:
    sync(ROOT, "3.12", "--no-dev")


def install_test_tools() -> None:
    sync(ROOT, "3.12")


def install_rasa() -> None:
    sync(ROOT / "nlu", "3.10", "--no-dev")


def install_rasa_test_tools() -> None:
    sync(ROOT / "nlu", "3.10")


def sync(folder: Path, python: str, *options: str) -> None:
    """Exactly what the lock says; what is there already stays, so a broken-off installation goes on where it was."""
    command = [uv() or "uv", "sync", "--frozen", "--inexact", "--python", find_python(python), *options]
    run(command, cwd=folder)


def find_python(version: str) -> str:
    """The path of a Python of this version: found by uv itself, on the PATH, or among pyenv's."""
    found = subprocess.run(
        [uv() or "uv", "python", "find", "--no-project", version], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        return found.stdout.strip()
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for path in sorted(root.glob(f"versions/{version}.*/bin/python{version}"), reverse=True):
        return str(path)
    # uv then offers its own download, or says that there is none.
    return version


def install_browser() -> None:
    """A Chromium that is there; else Debian's package, when we may; else playwright's own."""
    if find_browser():
        say(f"    gevonden: {find_browser()}")
        return
    if may_install():
        # Without letters to draw, everything on a page has another size than people see.
        install_packages("chromium", "fonts-noto-core")
        return
    browsers = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(TOOLS / "browsers")}
    run([str(ROOT / ".venv" / "bin" / "playwright"), "install", "chromium"], env=browsers)


def install_redis() -> None:
    """A redis-server that is there; else Debian's package, when we may. It is started by the tests only."""
    if shutil.which("redis-server"):
        return
    if not may_install():
        say("    redis-server is er niet, en hier mag niets worden geïnstalleerd.")
        say("    Laat een beheerder het pakket redis-server installeren (Debian, Ubuntu) en draai dit opnieuw.")
        sys.exit(1)
    install_packages("redis-server")


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*names: str) -> None:
    # A server that is installed for tests must not start by itself: RUNLEVEL says so to invoke-rc.d.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names], env=quiet)


def find_browser() -> str | None:
    named = os.environ.get("TREDE_TEST_CHROMIUM")
    return named or next((path for path in map(shutil.which, CHROMIUMS) if path), None)


def run(command: list[str], **options: Any) -> None:
    # The environment that called us may be active; the ones we make are their own.
    env = {key: value for key, value in (options.pop("env", os.environ)).items() if key != "VIRTUAL_ENV"}
    subprocess.run(command, check=True, env=env, **options)


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except subprocess.CalledProcessError as error:
        say(f"De installatie stopte bij: {' '.join(map(str, error.cmd))}")
        say("Los op wat hierboven staat en draai hetzelfde commando opnieuw; wat klaar is, wordt overgeslagen.")
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nAfgebroken. Hetzelfde commando gaat verder waar dit ophield.")
        sys.exit(130)
