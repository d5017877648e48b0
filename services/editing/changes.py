"""Which examples changed since the model that answers now was made: they do not count before the next training."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Example, Topic
from services.model_versions import live_version
from services.municipalities import library

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
    return None if before is None else _compare(_topics_by_mark(before), _topics_by_mark_now(session))


def _compare(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    moved = {mark for mark in old.keys() & new.keys() if old[mark] != new[mark]}
    added, removed = new.keys() - old.keys(), old.keys() - new.keys()
    topics = {new[mark] for mark in added | moved} | {old[mark] for mark in removed | moved}
    return Changes(len(added), len(removed), len(moved), tuple(sorted(topics)))


def _topics_by_mark_now(session: Session) -> dict[str, str]:
    """What `marks_of` the material of now would give, by plain rows: this is asked with every page of examples."""
    owner = library(session).id
    examples = select(Topic.name, Example.language, Example.text).join(Example).where(Topic.municipality_id == owner)
    asked = session.execute(select(Topic.name, Topic.question).where(Topic.municipality_id == owner)).all()
    lines = [(name, language, text) for name, question in asked for language, text in question.items()]
    return {_mark(language, text): name for name, language, text in [*lines, *session.execute(examples).all()]}


def _topics_by_mark(marks: Mapping[str, str]) -> dict[str, str]:
    return {mark: topic for topic, many in marks.items() for mark in many.split()}


def _mark(language: str, text: str) -> str:
    # Ten characters: among ten thousand lines two get the same one once in twenty thousand times.
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()[:10]
