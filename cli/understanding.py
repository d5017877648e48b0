"""Understand lines without a running Rasa: the same model and code in a short-lived process of Rasa's environment."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from cli.models import Model
from cli.rasa_environment import NLU, PYTHON, rasa_environment
from services.evaluation import Parsed
from services.tidy import READ_AT_MOST, tidy

FALLBACK = "nlu_fallback"


class UnderstandingFailed(Exception):
    """The model could not be asked."""


def parse_lines(model: Model, lines: Sequence[str]) -> list[dict[str, Any]]:
    """Per line `topic`, `confidence` and `ranking`, exactly as the serving Rasa would understand it."""
    if not PYTHON.exists():
        raise UnderstandingFailed("Rasa's omgeving is hier niet; vraag het waar `nlu/.venv` staat.")
    asked = "".join(json.dumps({"text": tidy(line)[:READ_AT_MOST]}) + "\n" for line in lines)
    command = [str(PYTHON), str(NLU / "parse.py"), "--model", str(model.file)]
    done = subprocess.run(  # noqa: S603  our own script with our own arguments
        command, input=asked, capture_output=True, text=True, env=rasa_environment(), cwd=NLU, check=False
    )
    if done.returncode != 0:
        raise UnderstandingFailed("\n".join(done.stderr.strip().splitlines()[-3:]))
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_parsed(parse: dict[str, Any]) -> Parsed:
    topic = None if parse["topic"] == FALLBACK else str(parse["topic"])
    return Parsed(topic, tuple(one["name"] for one in parse["ranking"]), float(parse["confidence"]))
