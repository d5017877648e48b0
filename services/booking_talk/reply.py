"""A line as it was understood, and what is said to it."""

from dataclasses import dataclass
from typing import Any

from services.words import Words


@dataclass(frozen=True)
class Line:
    """`choice`, `value` and `reference` are those of a button; `reference` names an appointment."""

    text: str
    topic: str
    choice: str | None = None
    value: str | None = None
    reference: str | None = None

    @property
    def is_button(self) -> bool:
        return bool(self.choice or self.reference)


@dataclass(frozen=True)
class Reply:
    words: tuple[Words, ...]
    open: bool
    """Whether something is asked now."""
    unclear: bool = False
    """The line did not answer what was asked."""


def going_on(*words: Words) -> Reply:
    return Reply(words, open=True)


def closed(*words: Words) -> Reply:
    return Reply(words, open=False)


def silently(*effects: dict[str, Any]) -> Words:
    """What is said depends on what becomes of it: the effect says it."""
    return Words("", effects=effects)
