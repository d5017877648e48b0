"""What a new model and the one that serves now make of messages that nobody trained on; the product judges by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive
import journal
from project.material import Material
from training import publish
from understanding.errors import UnderstandingError

TOLD = 5  # topics in a ranking


def ask(model: Path, compare: Path | None, source: Material, out: Path, tell: Callable[..., None]) -> Path:
    """Writes parses-VERSION.json: `after` of the new model, and `before`, which is null when there is no other, or
    none that this code can read."""
    of = 2 if compare else 1
    tell("measure", 0, of)
    told: dict[str, Any] = {"after": _parses(model, source), "before": None}
    if compare is not None:
        tell("measure", 1, of)
        try:
            told["before"] = _parses(compare, source)
        except UnderstandingError as error:
            journal.failure("not_compared", error, model=compare.name)
    path = out / f"parses-{source.version}.json"
    publish.write(path, told)
    tell("measure", of, of)
    return path


def _parses(model: Path, source: Material) -> list[dict[str, Any]]:
    archive.checked_manifest(model)
    parses = [parse.as_dict() for parse in archive.read(model).parse_all(source.held_back)]
    return [{**parse, "ranking": parse["ranking"][:TOLD]} for parse in parses]
