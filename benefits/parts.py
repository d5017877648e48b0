"""The parts inside a value: `{alleenstaande: 8000}` is the part `id.alleenstaande`; a list counts from 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benefits.node import Node
from benefits.series import Leaf


@dataclass(frozen=True)
class Part:
    """A reference, and the key under which a mixed file tells its unit (without the places in lists)."""

    ref: str
    unit_key: str


def parts_of(figure: str, node: Node) -> list[tuple[Part, Leaf]]:
    """The parts of the `value` of one entry; a single number is one part, called as the figure."""
    return list(_walk(node, Part(figure, ""), node.content["value"]))


def _walk(node: Node, at: Part, value: object) -> Iterator[tuple[Part, Leaf]]:
    if isinstance(value, dict):
        for key, inner in _named(node, at, value):
            yield from _walk(node, Part(f"{at.ref}.{key}", f"{at.unit_key}.{key}".lstrip(".")), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _walk(node, Part(f"{at.ref}.{place}", at.unit_key), inner)
    elif value is None or isinstance(value, str | Decimal):
        yield at, value
    else:
        node.wrong("value", f"{at.ref} is neither a number nor a text: {value!r}")


def _named(node: Node, at: Part, value: dict[object, object]) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        if not isinstance(key, str) or "." in key:
            node.wrong("value", f"{at.ref} has the key {key!r}: write it between quotes and without a dot")
        yield key, inner
