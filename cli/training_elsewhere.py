"""Train by request: a file in the models folder, which `nlu/trainer.py` looks at on a machine that has Rasa."""

import json
import time
from contextlib import suppress
from pathlib import Path

from cli.models import write_whole
from cli.training_job import Job, Pulse, Step, Tell, TrainingFailed, read_end

LOOK_EVERY = 0.5
AWAY_AFTER = 60.0
"""Seconds without a sign of the trainer, which gives one every second."""


class TrainerAway(TrainingFailed):
    """Nobody trains here: there is no Rasa environment, and no `nlu/trainer.py` looks at the models folder."""


def train_elsewhere(job: Job, tell: Tell, pulse: Pulse) -> None:
    """Raises TrainingFailed, TrainerAway and what `pulse` raises; the request is then taken back."""
    requests = job.folder / "requests"
    requests.mkdir(exist_ok=True)
    request = requests / f"{job.version}.json"
    request.with_suffix(".done").unlink(missing_ok=True)  # of an earlier one that nobody waited for
    write_whole(request, {"material": job.document(), "compare": job.compare})
    try:
        end = _wait(request, tell, pulse)
    finally:
        for suffix in (".json", ".done", ".progress"):
            request.with_suffix(suffix).unlink(missing_ok=True)
    read_end(end["code"], end)


def _wait(request: Path, tell: Tell, pulse: Pulse) -> Step:
    """Until its end is told; passes the steps on."""
    last, seen_at, beat_before = None, time.monotonic(), 0.0
    while (end := _read(request.with_suffix(".done"))) is None:
        pulse()
        step = _read(request.with_suffix(".progress"))
        if step is not None and step != last:
            tell(step)
        last = step
        beat = _beat(request.parent)
        if beat != beat_before:
            seen_at, beat_before = time.monotonic(), beat
        if time.monotonic() - seen_at > AWAY_AFTER:
            raise TrainerAway(TrainerAway.__doc__)
        time.sleep(LOOK_EVERY)
    return end


def _read(path: Path) -> Step | None:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _beat(requests: Path) -> float:
    """When the trainer last gave a sign, by its own clock: only whether it changes counts."""
    with suppress(OSError):
        return (requests / "trainer.beat").stat().st_mtime
    return 0.0
