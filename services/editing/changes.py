"""Which examples changed since the model that answers now was made: they do not count before the next training."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from services.model_versions import live_version
from services.training_material import training_material

TRAINED_ON = "trained_on"
"""The key in a model's manifest: by topic, the marks of its lines, separated by spaces."""


@dataclass(frozen=True)
class Changes:
    added: int
    removed: int
    moved: int
    topics: tuple[str, ...]
    """In which something changed."""

    @property
    def number(self) -> int:
        return self.added + self.removed + self.moved


def marks_of(material: Mapping[str, Any]) -> dict[str, str]:
    """What a model was made of, small enough to keep with it, and without the lines themselves."""
    return {
        topic["id"]: " ".join(_mark(language, text) for language, texts in topic["examples"].items() for text in texts)
        for topic in material["topics"]
    }


def changes_since_live(session: Session) -> Changes | None:
    """None when it is not known what the live model was made of, or when there is none."""
    live = live_version(session)
    before = live.manifest.get(TRAINED_ON) if live else None
    return None if before is None else compare(before, marks_of(training_material(session)))


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    old, new = _topics_by_mark(before), _topics_by_mark(after)
    moved = {mark for mark in old.keys() & new.keys() if old[mark] != new[mark]}
    added, removed = new.keys() - old.keys(), old.keys() - new.keys()
    topics = {new[mark] for mark in added | moved} | {old[mark] for mark in removed | moved}
    return Changes(len(added), len(removed), len(moved), tuple(sorted(topics)))


def _topics_by_mark(marks: Mapping[str, str]) -> dict[str, str]:
    return {mark: topic for topic, many in marks.items() for mark in many.split()}


def _mark(language: str, text: str) -> str:
    # Ten characters: among ten thousand lines two get the same one once in twenty thousand times.
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()[:10]
