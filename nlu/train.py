"""Trains a model: `nlu/.venv/bin/python nlu/train.py --material material.json --out DIR [--compare MODEL]`.

Writes DIR/trede-<version>.tar.gz and its .manifest.json; tells its progress as JSON lines on stdout. When the material
holds `held_back` lines, DIR/parses-<version>.json says what the new model makes of them, and the one to compare with."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from contextlib import redirect_stdout
from pathlib import Path

import journal
import quiet

NICENESS = 10


def main() -> int:
    """Exit code 0 when the model stands; 2 when the material is not usable; 1 when training fails."""
    arguments = _arguments()
    os.nice(NICENESS)
    if arguments.exit_with_parent:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    quiet.environment()
    journal.configure()
    from project.errors import MaterialError
    from training.run import train
    from understanding.errors import UnderstandingError

    try:
        with redirect_stdout(sys.stderr):  # Rasa prints its own congratulations
            train(arguments.material, arguments.out, _tell, arguments.compare, not arguments.unless_there)
    except (MaterialError, UnderstandingError) as error:
        _tell("refused", 0, 1, reason=str(error))
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--compare", type=Path, help="the model that serves now")
    parser.add_argument("--unless-there", action="store_true", help="do not train what is there; only ask it")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when stdin is closed")
    return parser.parse_args()


def _end_with_stdin() -> None:
    """Who asked for the model is gone: nobody would take it."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(1)


def _tell(step: str, done: int, of: int, **more: object) -> None:
    print(json.dumps({"step": step, "done": done, "of": of, **more}), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
