"""Trains for products on other machines: `nlu/.venv/bin/python nlu/trainer.py --folder DIR`, DIR shared with them.

A request is a file DIR/requests/NAME.json: `{"material": {...}, "compare": model file or null}`. It is trained
by train.py, in a process of its own, one at a time; DIR/requests/NAME.progress holds its latest step, and
NAME.done its end: `{"code", "step", "reason"}`. A request that is taken away is stopped. `trainer.beat` is touched every
second, so that a product knows whether anybody is there. One trainer a folder; a second one waits for the first."""

from __future__ import annotations

import argparse
import fcntl
import json
import selectors
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import journal

LOOK_EVERY = 1.0  # seconds
HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    folder: Path = parser.parse_args().folder
    journal.configure()
    requests = folder / "requests"
    requests.mkdir(parents=True, exist_ok=True)
    with (requests / "trainer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        journal.event("trainer_ready")
        while True:
            _beat(requests)
            if not _work_off_one(requests, folder):
                time.sleep(LOOK_EVERY)


def _beat(requests: Path) -> None:
    (requests / "trainer.beat").touch()


def _work_off_one(requests: Path, folder: Path) -> bool:
    """Whether there was one. One that has its end waits for the product to take it away."""
    open_ones = [path for path in requests.glob("*.json") if not path.with_suffix(".done").exists()]
    if not open_ones:
        return False
    request = min(open_ones, key=lambda path: path.name)
    try:
        asked = json.loads(request.read_text(encoding="utf-8"))
        end = _train(request, folder, asked)
    except (OSError, ValueError, KeyError, TypeError) as error:
        journal.failure("request_broke", error, request=request.stem)
        end = {"code": 2, "step": "read", "reason": "the request is not readable"}
    if request.exists():
        _write(request.with_suffix(".done"), end)
    journal.event("request_done", request=request.stem, code=end["code"])
    return True


def _train(request: Path, folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Runs train.py; how it ended."""
    with tempfile.TemporaryDirectory(prefix="trede-request-") as scratch:
        material = Path(scratch) / "material.json"
        material.write_text(json.dumps(asked["material"]), encoding="utf-8")
        command = [sys.executable, str(HERE / "train.py"), "--material", str(material), "--out", str(folder)]
        if asked.get("compare"):
            command += ["--compare", str(folder / Path(asked["compare"]).name)]
        process = subprocess.Popen(
            [*command, "--unless-there", "--exit-with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE
        )
        try:
            last = _follow(process, request)
        finally:
            process.kill()  # nothing when it has ended
            process.wait()
    return {"code": process.returncode, "step": last.get("step", "start"), "reason": last.get("reason", "")}


def _follow(process: subprocess.Popen[str], request: Path) -> dict[str, Any]:
    """Passes the steps on until the process ends or the request is taken away; the last step."""
    assert process.stdout
    last: dict[str, Any] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while request.exists():
            _beat(request.parent)
            if not selector.select(LOOK_EVERY):
                continue
            line = process.stdout.readline()
            if not line:
                process.wait()
                break
            if line.startswith("{"):
                last = json.loads(line)
                _write(request.with_suffix(".progress"), last)
    return last


def _write(path: Path, content: dict[str, Any]) -> None:
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(content), encoding="utf-8")
    aside.replace(path)


if __name__ == "__main__":
    main()
