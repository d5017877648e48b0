"""Dated values follow each other day by day: no overlap ever, and no hole that the file does not own up to."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from benefits.node import Node
from benefits.series import ONE_DAY, Dated

Hole = tuple[date, date]


def check_order(values: Sequence[Node]) -> None:
    """Oldest first, each ending on or after its first day and before the next begins; only the last may be open."""
    previous: date | None = None
    for place, node in enumerate(values):
        start = node.day("valid_from")
        if previous is not None and start <= previous:
            node.wrong("valid_from", f"{start} overlaps the value before it, which holds until {previous}")
        if node.content["valid_to"] is None:
            if place < len(values) - 1:
                node.wrong("valid_to", "only the last value can be open")
            return
        previous = node.day("valid_to")
        if previous < start:
            node.wrong("valid_to", f"{previous} lies before {start}")


def check_holes(top: Node, dated: Mapping[str, Sequence[Dated]]) -> None:
    """Every hole in the file or in one part is declared in `holes`, and every declared hole exists."""
    declared = {_declared(node) for node in top.children("holes")}
    whole = {(one.valid_from, one.valid_to) for part in dated.values() for one in part}
    found = set(_holes(sorted(whole, key=lambda span: span[0])))
    for part in dated.values():
        found.update(_holes([(one.valid_from, one.valid_to) for one in part]))
    for start, end in sorted(found - declared):
        top.wrong("values", f"nothing holds from {start} to {end}; add the value, or declare it in holes")
    for start, end in sorted(declared - found):
        top.wrong("holes", f"there is no hole from {start} to {end}")


def _declared(node: Node) -> Hole:
    node.only({"from", "to", "why"}, set())
    node.text("why")
    return node.day("from"), node.day("to")


def _holes(spans: Sequence[tuple[date, date | None]]) -> list[Hole]:
    return [
        (end + ONE_DAY, start - ONE_DAY)
        for (_, end), (start, _) in pairwise(spans)
        if end is not None and end + ONE_DAY < start
    ]
