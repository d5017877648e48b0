"""Which model is asked for: `live.json` in the models folder. The product writes it, we only read it.

`{"version", "file", "sha256", "at"}`; `at` tells one asking from the next and is told back with a refusal."""

from __future__ import annotations

import json
import select
import sys
from dataclasses import dataclass
from pathlib import Path

import archive
import journal
from archive import ModelRefused

NAME = "live.json"
LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True)
class Asked:
    version: str
    path: Path
    sha256: str
    at: str = ""

    def is_same_model(self, other: Asked) -> bool:
        return (self.version, self.sha256) == (other.version, other.sha256)

    def check(self) -> None:
        """Raises ModelRefused unless the file, its manifest and what was asked for are the same model."""
        manifest = archive.checked_manifest(self.path)
        if (manifest["sha256"], manifest.get("version")) != (self.sha256, self.version):
            raise ModelRefused(f"{self.path.name}: is not the model that was asked for", "file_changed")


@dataclass(frozen=True)
class Pointer:
    folder: Path

    def read(self) -> Asked | None:
        """None while there is none. What cannot be read is as good as none: it is written in one go, so it comes."""
        try:
            raw = json.loads((self.folder / NAME).read_text(encoding="utf-8"))
            name = Path(raw["file"]).name  # never outside the folder, whatever stands there
            return Asked(str(raw["version"]), self.folder / name, str(raw["sha256"]), str(raw.get("at", "")))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def first(pointer: Pointer, watch_stdin: bool) -> Asked | None:
    """The first model asked for that can be served; waits for it. None when stdin ends before."""
    refused: Asked | None = None
    while True:
        asked = pointer.read()
        if asked is not None and asked != refused:
            try:
                asked.check()
                return asked
            except ModelRefused as error:
                journal.failure("refused", error, model=asked.version, why=error.code)
                refused = asked
        watched = [sys.stdin] if watch_stdin else []
        if select.select(watched, [], [], LOOK_EVERY)[0] and not sys.stdin.read(1):
            return None
