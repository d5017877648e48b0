"""Files of messages of which the topic is known."""

import csv
from pathlib import Path

from services.evaluation import Labelled

HELD_BACK = "held_back.csv"
"""In the content folder; only for measuring."""
NEEDED = ("text", "topics")


class FileWrong(Exception):
    """The file of messages cannot be used; the message names the line and the column."""


def read_labelled(path: Path) -> list[Labelled]:
    """Columns `text,topics,style,language`; `topics` are the acceptable ids, separated by `|`. Raises FileWrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise FileWrong(f"{path}: column '{missing[0]}' is missing (needed: text,topics,style,language)")
            labels = [_labelled(path, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileWrong(f"{path}: {error}") from error
    if not labels:
        raise FileWrong(f"{path}: there are no messages in it")
    return labels


def read_held_back(content: Path) -> list[Labelled]:
    """What ships to measure with; nothing when that was taken away."""
    path = content / HELD_BACK
    return read_labelled(path) if path.exists() else []


def _labelled(path: Path, number: int, row: dict[str, str | None]) -> Labelled:
    text = (row.get("text") or "").strip()
    topics = tuple(topic.strip() for topic in (row.get("topics") or "").split("|") if topic.strip())
    if not text or not topics:
        raise FileWrong(f"{path}, line {number}: '{'text' if not text else 'topics'}' is empty")
    return Labelled(text, topics, (row.get("style") or "").strip(), (row.get("language") or "nl").strip())
