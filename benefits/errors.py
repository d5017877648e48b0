"""What can go wrong with a figure of law or with a situation: one child per case, no HTTP in them.

ScenarioWrong           a situation cannot be calculated: names the key
FigureError
 ├─ FigureFileWrong     the file cannot be read as a figure
 ├─ FigureUnknown       no such id or part
 ├─ FigureNotKnown      the figure exists, but has no value on that day
 └─ FigureHasNoNumber   what the law says there is not a number
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

Period = tuple[date, date | None]


class FigureError(Exception):
    """Something is wrong with a figure of law."""


class FigureFileWrong(FigureError):
    """A figure file breaks the form; names the file and the key."""

    def __init__(self, file: Path, key: str, problem: str) -> None:
        self.file, self.key, self.problem = file, key, problem
        super().__init__(f"{file}: {key}: {problem}")


class FigureUnknown(FigureError):
    """No figure or part has this reference; names what comes close."""

    def __init__(self, ref: str, close: Sequence[str]) -> None:
        self.ref, self.close = ref, tuple(close)
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        super().__init__(f"no figure is called {ref!r}{hint}")


class FigureNotKnown(FigureError):
    """The figure has no value on that day; says in which periods it has, and whether it ended by law."""

    def __init__(self, ref: str, day: date, known: Sequence[Period], ended_because: str | None = None) -> None:
        self.ref, self.day, self.known = ref, day, tuple(known)
        self.ended = ended_because is not None
        spans = ", ".join(f"{start} to {end or 'further notice'}" for start, end in known)
        ending = f"; it has ended: {ended_because}" if ended_because is not None else ""
        super().__init__(f"{ref} has no value on {day}; known from {spans}{ending}")


class FigureHasNoNumber(FigureError):
    """The law gives words, no limit or leaves it to the municipality: there is no number to show."""

    def __init__(self, ref: str, instead: str) -> None:
        self.ref, self.instead = ref, instead
        super().__init__(f"{ref} is not a number: {instead}")


class ScenarioWrong(Exception):
    """A situation that cannot be calculated; names the key and what is wrong with it."""

    def __init__(self, key: str, problem: str) -> None:
        self.key, self.problem = key, problem
        super().__init__(f"{key}: {problem}")
