"""The models folder: which models lie there, and which of them Rasa is to serve.

The database says which model is live. `live.json` tells it to Rasa's processes, which have no database: they look at
that file and at nothing else of ours.
"""

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.wiring import Wiring

POINTER = "live.json"


@dataclass(frozen=True)
class Model:
    version: str
    file: Path
    manifest: dict[str, Any]

    def is_whole(self) -> bool:
        """Whether the file is still the one that was made."""
        try:
            with self.file.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == str(self.manifest["sha256"])
        except OSError:
            return False


def models_folder(wiring: Wiring) -> Path:
    return wiring.settings.data_dir / "models"


def find(folder: Path, version: str) -> Model | None:
    """The model of this version, when it lies there whole."""
    manifest, file = folder / f"trede-{version}.manifest.json", folder / f"trede-{version}.tar.gz"
    try:
        model = Model(version, file, json.loads(manifest.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
    return model if model.is_whole() else None


def point_at(folder: Path, model: Model) -> str:
    """Ask Rasa to serve this model, now and after every start. What it returns comes back with a refusal."""
    at = datetime.now(UTC).isoformat()
    told = {"version": model.version, "file": model.file.name, "sha256": model.manifest["sha256"], "at": at}
    write_whole(folder / POINTER, told)
    return at


def point_nowhere(folder: Path) -> None:
    """There is no model to go back to."""
    (folder / POINTER).unlink(missing_ok=True)


def pointed_at(folder: Path) -> str | None:
    """The version that Rasa is asked to serve."""
    version: str | None = _read(folder / POINTER).get("version")
    return version


def is_pointed_at(folder: Path, version: str) -> bool:
    """Whether Rasa is asked for the file of this version as it lies there. Costs next to nothing."""
    asked, there = _read(folder / POINTER), _read(folder / f"trede-{version}.manifest.json")
    return asked.get("version") == version and asked.get("sha256") == there.get("sha256")


def _read(path: Path) -> dict[str, Any]:
    """Nothing, when it is not there or not readable."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def write_whole(path: Path, content: dict[str, Any]) -> None:
    """JSON that nobody reads half, and that survives a power cut."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def throw_away(folder: Path, kept: Collection[str]) -> None:
    """All models but these."""
    for manifest in folder.glob("trede-*.manifest.json"):
        version = manifest.name.removeprefix("trede-").removesuffix(".manifest.json")
        if version not in kept:
            manifest.with_name(f"trede-{version}.tar.gz").unlink(missing_ok=True)
            manifest.unlink(missing_ok=True)
