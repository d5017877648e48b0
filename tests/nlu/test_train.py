"""Training as the product asks for it: by command line, or by a file in a folder that somebody else looks at."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import builders
import doors
import pytest
from conftest import NLU

HELD_BACK = ["mag ik naar spanje", "wanneer is het geld er", "qwrtz zzzx"]


@pytest.fixture
def folder(trained: Path, tmp_path: Path) -> Path:
    """A models folder in which the small model is already there."""
    for path in (trained, trained.with_name("trede-small.manifest.json")):
        shutil.copy(path, tmp_path)
    return tmp_path


def ask(folder: Path, compare: str, **other: Any) -> list[dict[str, Any]]:
    """train.py with what is there already; the steps it told."""
    material = folder / "material.json"
    material.write_text(json.dumps(builders.material(held_back=HELD_BACK, **other)))
    command = [sys.executable, str(NLU / "train.py"), "--material", str(material), "--out", str(folder)]
    command += ["--unless-there", "--compare", str(folder / compare)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_both_models_are_asked_what_was_held_back(folder: Path, trained: Path) -> None:
    steps = [one["step"] for one in ask(folder, "trede-small.tar.gz")]
    told = json.loads((folder / "parses-small.json").read_text())
    assert told["after"] == told["before"]
    assert [one["topic"] for one in told["after"]] == [one["topic"] for one in doors.parse(trained, HELD_BACK)]
    assert "load rasa" not in steps and steps[-1] == "done"


def test_training_ends_with_who_asked_for_it(folder: Path) -> None:
    material = folder / "material.json"
    material.write_text(json.dumps(builders.material(version="unwanted")))
    command = [sys.executable, str(NLU / "train.py"), "--material", str(material), "--out", str(folder)]
    process = subprocess.Popen([*command, "--exit-with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin and process.stdout
    assert json.loads(process.stdout.readline())["step"] == "read"
    process.stdin.close()
    assert process.wait(timeout=60) == 1
    assert not (folder / "trede-unwanted.tar.gz").exists()


@pytest.mark.parametrize("content", [b"", b"no model"])
def test_a_model_that_cannot_be_read_is_not_compared_with(folder: Path, content: bytes) -> None:
    (folder / "trede-old.tar.gz").write_bytes(content)
    ask(folder, "trede-old.tar.gz")
    told = json.loads((folder / "parses-small.json").read_text())
    assert told["before"] is None and len(told["after"]) == len(HELD_BACK)


@pytest.fixture
def trainer(folder: Path) -> Iterator[Path]:
    """The folder of requests, with a trainer that looks at it."""
    process = subprocess.Popen([sys.executable, str(NLU / "trainer.py"), "--folder", str(folder)], stderr=subprocess.DEVNULL)
    until((folder / "requests" / "trainer.beat").exists)
    yield folder / "requests"
    process.terminate()
    process.wait(10)


def put(requests: Path, name: str, **request: Any) -> None:
    aside = requests / f"{name}.json.part"
    aside.write_text(json.dumps(request))
    aside.replace(requests / f"{name}.json")


def until(holds: Callable[[], bool], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def end_of(requests: Path, name: str) -> dict[str, Any]:
    until((requests / f"{name}.done").exists)
    return dict(json.loads((requests / f"{name}.done").read_text()))


def test_a_request_is_trained_and_its_end_is_told(trainer: Path) -> None:
    material = builders.material(version="asked", held_back=HELD_BACK, code="this one")
    put(trainer, "1", material=material, compare="trede-small.tar.gz")
    assert end_of(trainer, "1") == {"code": 0, "step": "done", "reason": ""}
    manifest = json.loads((trainer.parent / "trede-asked.manifest.json").read_text())
    told = json.loads((trainer.parent / "parses-asked.json").read_text())
    assert manifest["code"] == "this one" and len(told["before"]) == len(told["after"]) == len(HELD_BACK)


def test_a_request_that_is_not_usable_is_told_why(trainer: Path) -> None:
    put(trainer, "1", material={"version": "x", "topics": [{"id": "Not a name"}]}, compare=None)
    put(trainer, "2", nothing=True)
    assert end_of(trainer, "1")["code"] == 2 and "usable name" in end_of(trainer, "1")["reason"]
    assert end_of(trainer, "2")["code"] == 2


def test_a_request_that_is_taken_away_is_stopped(trainer: Path) -> None:
    put(trainer, "1", material=builders.material(version="unwanted"), compare=None)
    until((trainer / "1.progress").exists)
    (trainer / "1.json").unlink()
    put(trainer, "2", nothing=True)
    end_of(trainer, "2")
    assert not (trainer / "1.done").exists()
    assert not (trainer.parent / "trede-unwanted.tar.gz").exists()
