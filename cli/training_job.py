"""What a training is asked, and what came out of asking the models."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.rasa_environment import code_fingerprint

type Step = dict[str, Any]
"""`step`, `done`, `of`, as nlu/train.py tells it."""
type Tell = Callable[[Step], None]
type Pulse = Callable[[], None]
"""Called about every second; what it raises ends the training."""


class TrainingFailed(Exception):
    """The model could not be made; the message says where it stopped."""


@dataclass(frozen=True)
class Job:
    """`held_back`: lines to ask the new model, and the model file of the folder that `compare` names."""

    folder: Path
    material: dict[str, Any]
    held_back: tuple[str, ...] = ()
    compare: str | None = None

    @property
    def version(self) -> str:
        """The same content and the same code make the same model."""
        content = json.dumps(self.material, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256((content + code_fingerprint()).encode()).hexdigest()[:16]

    def document(self) -> dict[str, Any]:
        """As nlu/train.py reads it."""
        made_by = {"version": self.version, "code": code_fingerprint()}
        return {**self.material, **made_by, "held_back": list(self.held_back)}

    def take_parses(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]] | None]:
        """What the new model made of `held_back`, and what the other did; None when it could not be asked."""
        path = self.folder / f"parses-{self.version}.json"
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise TrainingFailed("Begrip: het nieuwe model is niets gevraagd.") from error
        path.unlink()
        return told["after"], told["before"]


def read_end(code: int, last: Step, otherwise: str = "") -> None:
    """Raises TrainingFailed unless it ended well."""
    if code != 0:
        why = last.get("reason") or otherwise
        raise TrainingFailed(f"Begrip: de training stopte bij '{last.get('step', 'de start')}': {why}")
