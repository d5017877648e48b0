"""The rail at the left: what there is, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.models import Role

# In this order; what has no page yet is not shown.
NAMES = (
    ("Gesprekken", "/gesprekken"),
    ("Terugbellen", "/terugbellen"),
    ("Onderwerpen", "/onderwerpen"),
    ("Begrip", "/begrip"),
    ("Beheer", "/beheer"),
)


@dataclass(frozen=True)
class Entry:
    name: str
    path: str
    roles: frozenset[Role]

    def holds(self, path: str) -> bool:
        """Whether the page at `path` is of this part."""
        return path == self.path or path.startswith(f"{self.path}/")


def rail_of(pages: Mapping[str, frozenset[Role]]) -> tuple[Entry, ...]:
    """`pages`: by path, who may see it."""
    return tuple(Entry(name, f"/portal{path}", pages[path]) for name, path in NAMES if path in pages)
