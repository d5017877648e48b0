"""Trains a model: `nlu/.venv/bin/python nlu/train.py --material material.json --out DIR`.

Writes DIR/trede-<version>.tar.gz and its .manifest.json; tells its progress as JSON lines on stdout."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import journal
import quiet

NICENESS = 10


def main() -> int:
    """Exit code 0 when the model stands; 2 when the material is not usable; 1 when training fails."""
    arguments = _arguments()
    os.nice(NICENESS)
    quiet.environment()
    journal.configure()
    from project.errors import MaterialError
    from training.run import train
    from understanding.errors import UnderstandingError

    try:
        with redirect_stdout(sys.stderr):  # Rasa prints its own congratulations
            train(arguments.material, arguments.out, _tell)
    except (MaterialError, UnderstandingError) as error:
        _tell("refused", 0, 1, reason=str(error))
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def _tell(step: str, done: int, of: int, **more: object) -> None:
    print(json.dumps({"step": step, "done": done, "of": of, **more}), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
