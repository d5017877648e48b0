"""The list of topics in its parts: one part at a time when the list is long, so that nobody scrolls past 170 rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.editing.topic_list import TopicRow

ORDER = ("aanvragen", "plichten", "werk", "hulp", "toeslagen", "vermogen", "wonen", "groepen", "elders", "taken")
"""As a resident meets them: asking, living with it, work; what is not ours and the talk itself at the end."""
EVERYTHING = "alles"
MOST_AT_ONCE = 60


@dataclass(frozen=True)
class Parts:
    numbers: Mapping[str, int]
    """How many rows each part holds, in the order of the page."""
    chosen: str
    shown: Mapping[str, list[TopicRow]]


def in_parts(sections: Mapping[str, list[TopicRow]], asked: str) -> Parts:
    """The part that was asked for; without one everything, or the first part when that is too much at once."""
    ordered = dict(sorted(sections.items(), key=lambda part: (_place(part[0]), part[0])))
    numbers = {name: len(rows) for name, rows in ordered.items()}
    chosen = asked if asked in ordered or asked == EVERYTHING else _first(numbers)
    return Parts(numbers, chosen, {name: rows for name, rows in ordered.items() if chosen in (EVERYTHING, name)})


def _first(numbers: Mapping[str, int]) -> str:
    return next(iter(numbers)) if sum(numbers.values()) > MOST_AT_ONCE else EVERYTHING


def _place(section: str) -> int:
    return ORDER.index(section) if section in ORDER else len(ORDER)
