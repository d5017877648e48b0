"""A file appears in its folder whole or not at all: it is written aside and then renamed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from archive import manifest_path, sha256_of
from project.material import Material


def identity(material: Material, trained: Path) -> dict[str, Any]:
    """What the model is: version, checksum, topics, number of examples."""
    return {
        "version": material.version,
        "code": material.code,
        "file": f"trede-{material.version}.tar.gz",
        "sha256": sha256_of(trained),
        "bytes": trained.stat().st_size,
        "topics": [topic.id for topic in material.topics],
        "payloads": material.all_intents(),
        "form_slots": [form.slot for form in material.forms],
        "examples": sum(len(topic.examples) for topic in material.topics),
    }


def publish(trained: Path, manifest: dict[str, Any], out: Path) -> Path:
    """Moves the model into `out` and returns its path. The model comes last: who sees it also sees its manifest."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / manifest["file"]
    aside = path.with_name(path.name + ".part")
    shutil.copyfile(trained, aside)
    write(manifest_path(path), manifest)
    _settle(aside, path)
    return path


def write(path: Path, content: dict[str, Any]) -> None:
    """JSON that nobody ever reads half."""
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    _settle(aside, path)


def _settle(aside: Path, path: Path) -> None:
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(path)
