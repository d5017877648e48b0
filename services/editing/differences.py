"""What is different between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A placeholder is one word: half of it would say nothing. The space behind a word goes with it, so that what changed
# stays in one piece.
WORD = re.compile(r"(?:\{[^{}]*\}|\w+|\s|.)\s*", re.DOTALL)
ANOTHER_TEXT = 0.4
"""Below this likeness (0 to 1) single words in common only confuse: it is another text."""


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """In reading order; what went stands before what came in its place. No pieces for two empty texts."""
    before, after = WORD.findall(old), WORD.findall(new)
    return [piece for piece in _pieces(before, after) if piece.text]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ANOTHER_TEXT:
        yield from (Piece(Change.GONE, "".join(before)), Piece(Change.NEW, "".join(after)))
        return
    for change, left, left_end, right, right_end in matcher.get_opcodes():
        if change == "equal":
            yield Piece(Change.SAME, "".join(before[left:left_end]))
        else:
            yield Piece(Change.GONE, "".join(before[left:left_end]))
            yield Piece(Change.NEW, "".join(after[right:right_end]))
