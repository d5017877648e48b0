"""A model file and the manifest next to it: what they say, and whether they belong together.

Nothing is unpacked to disk and nothing is executed: only four named members are read, as bytes."""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

from understanding import storage
from understanding.errors import UnderstandingError
from understanding.model import Understanding

LARGEST_PART = 1 << 30  # bytes; a part that claims more is not ours


class ModelRefused(UnderstandingError):
    """The model file is absent, has no manifest, or differs from it. `code`: the same in a word, for a program."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def manifest_path(model: Path) -> Path:
    """trede-x.tar.gz -> trede-x.manifest.json"""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".manifest.json")


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def checked_manifest(model: Path) -> dict[str, Any]:
    """The manifest of a model that is what its manifest says. Raises ModelRefused."""
    try:
        manifest: dict[str, Any] = json.loads(manifest_path(model).read_text(encoding="utf-8"))
        expected = manifest["sha256"]
        found = sha256_of(model)
    except (OSError, ValueError, KeyError) as error:
        raise ModelRefused(f"{model.name}: model or manifest is missing or unreadable", "file_missing") from error
    if found != expected:
        raise ModelRefused(f"{model.name}: sha256 differs from the manifest", "file_changed")
    return manifest


def read(model: Path) -> Understanding:
    """The understanding inside a model file. Raises ModelRefused and the errors of storage."""
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(model, "r:gz") as tar:
            for member in tar:
                name = PurePosixPath(member.name).name
                if member.isfile() and _is_part(member.name) and member.size < LARGEST_PART:
                    files[name] = tar.extractfile(member).read()  # type: ignore[union-attr]
    except (OSError, tarfile.TarError, EOFError) as error:
        raise ModelRefused(f"{model.name}: not a readable model file", "unreadable") from error
    return storage.read(files)


def _is_part(name: str) -> bool:
    """Rasa keeps each component's files in components/<name of the node>/."""
    path = PurePosixPath(name)
    return "TopicClassifier" in path.parent.name and path.name in (storage.MANIFEST, *storage.PARTS)
