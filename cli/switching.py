"""Ask every Rasa to serve another model, and wait until they do; put it back when one refuses.

Each Rasa does it by itself: a second process on trial, canaries, and only then the first one leaves (docs/adr/0010).
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.models import Model, point_at, point_nowhere
from cli.rasas import Rasas

SWITCH_AT_MOST = 90.0
"""Seconds. Two are usual; a Rasa that is just starting needs twenty."""
LOOK_EVERY = 0.2


class SwitchRefused(Exception):
    """The new model is not served; the one before it is asked for again. `why`: a word that the pages know."""

    def __init__(self, why: str, rasas: int) -> None:
        super().__init__(why)
        self.why, self.rasas = why, rasas


def switch(
    folder: Path, model: Model, before: Model | None, rasas: Rasas, pulse: Callable[[], None], must_answer: bool
) -> int:
    """How many Rasas serve it now. `must_answer`: it is no success when none can be reached. Raises SwitchRefused."""
    at = point_at(folder, model)
    try:
        return _wait(model, at, rasas, pulse, must_answer)
    except BaseException:
        if before is None:
            point_nowhere(folder)
        else:
            point_at(folder, before)
        raise


def _wait(model: Model, at: str, rasas: Rasas, pulse: Callable[[], None], must_answer: bool) -> int:
    deadline = time.monotonic() + SWITCH_AT_MOST
    while True:
        told = rasas.health()
        for one in told:
            if (why := _refusal(one, at)) is not None:
                raise SwitchRefused(why, len(told))
        if all(one.get("ready") and one.get("model") == model.version for one in told) and (told or not must_answer):
            return len(told)
        if time.monotonic() > deadline:
            raise SwitchRefused("too_slow" if told else "nobody_there", len(told))
        pulse()
        time.sleep(LOOK_EVERY)


def _refusal(health: dict[str, Any], at: str) -> str | None:
    """Why this Rasa refuses what was asked for then; a refusal of an earlier asking is passed over."""
    refused = health.get("refused") or {}
    return str(refused.get("why")) if refused.get("at") == at else None
