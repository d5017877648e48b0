"""A model on disk: JSON and plain numpy arrays with a checksum each. Reading it never runs code.

Parts: `topics.json` (list of names), `terms.json` (view -> list of terms), `weights.npz` (arrays), and
`understanding.json`, the manifest with the sha256 of the others."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from understanding import classify, features
from understanding.errors import ManifestUnreadable, PartChanged, PartMissing
from understanding.model import Understanding
from understanding.threshold import Line

FORMAT = 2
MANIFEST = "understanding.json"
PARTS = ("topics.json", "terms.json", "weights.npz")


def write(understanding: Understanding, folder: Path) -> None:
    """Writes all parts, the manifest last."""
    parts = {
        "topics.json": _json(understanding.topics),
        "terms.json": _json({one.view.name: one.terms for one in understanding.views}),
        "weights.npz": _arrays(understanding),
    }
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    manifest = {
        "format": FORMAT,
        "parts": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
        "temperature": understanding.temperature,
        "line": asdict(understanding.line),
        "report": understanding.report,
    }
    (folder / MANIFEST).write_bytes(_json(manifest))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _arrays(understanding: Understanding) -> bytes:
    arrays = {f"idf_{one.view.name}": one.idf for one in understanding.views}
    buffer = io.BytesIO()
    np.savez(buffer, weights=understanding.linear.weights, intercept=understanding.linear.intercept, **arrays)
    return buffer.getvalue()


def read_folder(folder: Path) -> Understanding:
    """The model in a folder. Raises ManifestUnreadable, PartMissing, PartChanged."""
    names = (MANIFEST, *PARTS)
    return read({name: (folder / name).read_bytes() for name in names if (folder / name).is_file()})


def read(files: Mapping[str, bytes]) -> Understanding:
    """The model from the bytes of its parts. Raises ManifestUnreadable, PartMissing, PartChanged."""
    manifest = _manifest(files)
    for name in PARTS:
        _check(name, files, manifest["parts"])
    topics: list[str] = json.loads(files["topics.json"])
    terms: dict[str, list[str]] = json.loads(files["terms.json"])
    with np.load(io.BytesIO(files["weights.npz"]), allow_pickle=False) as arrays:
        views = [
            features.FittedView.restore(view, terms[view.name], arrays[f"idf_{view.name}"]) for view in features.VIEWS
        ]
        linear = classify.Linear(arrays["weights"], arrays["intercept"])
    line = Line(**{name: float(value) for name, value in manifest["line"].items()})
    return Understanding(topics, views, linear, float(manifest["temperature"]), line, manifest["report"])


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            raise ManifestUnreadable(f"{MANIFEST} has format {manifest['format']}, this code reads {FORMAT}")
    except (KeyError, TypeError, ValueError) as error:
        raise ManifestUnreadable(f"{MANIFEST} is missing or not readable") from error
    return manifest


def _check(name: str, files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
    if name not in files or name not in sums:
        raise PartMissing(f"part {name} of the model is missing")
    if hashlib.sha256(files[name]).hexdigest() != sums[name]:
        raise PartChanged(f"part {name} of the model differs from its checksum")
