"""A mapping out of a figure file that knows where it stands, so that every complaint names file and key."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from benefits.errors import FigureFileWrong


@dataclass(frozen=True)
class Node:
    """`where` is the way to this mapping inside the file, such as `values.3`; empty at the top."""

    file: Path
    where: str
    content: dict[str, object]

    @classmethod
    def of(cls, file: Path, where: str, content: object) -> "Node":
        if not isinstance(content, dict):
            raise FigureFileWrong(file, where or "the file", "is not a mapping")
        for key in content:
            if not isinstance(key, str):
                raise FigureFileWrong(file, f"{where}.{key}".lstrip("."), "write the key between quotes")
        return cls(file, where, content)

    def wrong(self, key: str, problem: str) -> NoReturn:
        raise FigureFileWrong(self.file, f"{self.where}.{key}".strip("."), problem)

    def only(self, required: set[str], optional: set[str]) -> None:
        """Complain about the first key that is missing or unknown."""
        for key in sorted(required - set(self.content)):
            self.wrong(key, "is missing")
        for key in sorted(set(self.content) - required - optional):
            self.wrong(key, "is an unknown key")

    def text(self, key: str) -> str:
        found = self.content.get(key)
        if not isinstance(found, str) or not found.strip():
            self.wrong(key, "has to be a text")
        return found

    def day(self, key: str) -> date:
        found = self.content.get(key)
        if type(found) is not date:
            self.wrong(key, "has to be a date such as 2027-01-01")
        return found

    def flag(self, key: str) -> bool:
        found = self.content.get(key, False)
        if not isinstance(found, bool):
            self.wrong(key, "has to be true or false")
        return found

    def child(self, key: str) -> "Node":
        return Node.of(self.file, f"{self.where}.{key}".strip("."), self.content.get(key, {}))

    def children(self, key: str) -> list["Node"]:
        """The mappings of a list; their place is counted from 1."""
        found = self.content.get(key, [])
        if not isinstance(found, list):
            self.wrong(key, "has to be a list")
        return [Node.of(self.file, f"{self.where}.{key}.{n}".strip("."), item) for n, item in enumerate(found, 1)]
