"""Train in a process of our own, in Rasa's environment: niced, one core, and gone when we are."""

import json
import os
import selectors
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cli.rasa_environment import NLU, PYTHON, rasa_environment
from cli.training_job import Job, Pulse, Step, Tell, read_end

LOOK_EVERY = 1.0


def train_here(job: Job, tell: Tell, pulse: Pulse) -> None:
    """Raises TrainingFailed and what `pulse` raises."""
    last: Step = {}
    with tempfile.TemporaryDirectory(prefix="trede-material-") as folder, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  our own script with our own arguments
            _command(job, Path(folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=rasa_environment(),
            cwd=NLU,
            start_new_session=True,  # Ctrl-C is for us: we end it, and write down that we did
        )
        try:
            for last in _steps(process, pulse):
                tell(last)
            code = process.wait()
        finally:
            process.kill()  # nothing, when it has ended
            process.communicate()
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
    read_end(code, last, "\n".join(said[-5:]))


def _command(job: Job, folder: Path) -> list[str]:
    material = folder / "material.json"
    material.write_text(json.dumps(job.document(), ensure_ascii=False), encoding="utf-8")
    command = [str(PYTHON), str(NLU / "train.py"), "--material", str(material), "--out", str(job.folder)]
    command += ["--compare", str(job.folder / job.compare)] if job.compare else []
    return [*command, "--unless-there", "--exit-with-parent"]


def _steps(process: "subprocess.Popen[bytes]", pulse: Pulse) -> Iterator[Step]:
    """The steps it tells, as they come; `pulse` is called meanwhile."""
    assert process.stdout is not None  # noqa: S101  for the type checker: it is a pipe
    descriptor, rest = process.stdout.fileno(), b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            pulse()
            if not selector.select(LOOK_EVERY):
                continue
            data = os.read(descriptor, 65_536)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            yield from (json.loads(line) for line in lines if line.startswith(b"{"))
