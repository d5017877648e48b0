"""The rail at the left: what there is, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.models import Role

# In this order; what has no page yet is not shown.
NAMES = (
    ("Gesprekken", "/gesprekken"),
    ("Terugbellen", "/terugbellen"),
    ("Taken", "/taken"),
    ("Agenda", "/agenda"),
    ("Inwoners", "/inwoners"),
    ("Onderwerpen", "/onderwerpen"),
    ("Begrip", "/begrip"),
    ("Beheer", "/beheer"),
    ("Instellingen", "/instellingen"),
)


# Pages of a part that stand beside it.
BESIDE = {"/agenda": ("/werktijden", "/plekken", "/agenda-op-telefoon"), "/inwoners": ("/uitnodigingen",)}


@dataclass(frozen=True)
class Entry:
    name: str
    path: str
    roles: frozenset[Role]
    beside: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether the page at `path` is of this part."""
        return any(path == one or path.startswith(f"{one}/") for one in (self.path, *self.beside))


def rail_of(pages: Mapping[str, frozenset[Role]]) -> tuple[Entry, ...]:
    """`pages`: by path, who may see it."""
    return tuple(
        Entry(name, f"/portal{path}", pages[path], tuple(f"/portal{one}" for one in BESIDE.get(path, ())))
        for name, path in NAMES
        if path in pages
    )
