"""One figure file into its series: one per part, each checked for form, holes and overlaps."""

from decimal import Decimal
from pathlib import Path

from benefits.exact_yaml import read_yaml
from benefits.money import to_cents
from benefits.node import Node
from benefits.parts import Part, parts_of
from benefits.periods import check_holes, check_order
from benefits.series import Dated, Leaf, Series, Status
from benefits.units import MONEY, WITHOUT_NUMBER, Confidence, Unit

REQUIRED = {"id", "description", "unit", "article", "values"}
OPTIONAL = {"units", "note", "ended", "refresh", "why", "parts", "holes"}
VALUE_REQUIRED = {"valid_from", "valid_to", "value", "source", "confidence", "checked_on"}


def read_figure(folder: Path, file: Path) -> list[Series]:
    """All series of one file under `folder`; raises FigureFileWrong naming file and key."""
    top = Node.of(file, "", read_yaml(file))
    top.only(REQUIRED, OPTIONAL)
    if top.text("id") != file.stem:
        top.wrong("id", f"has to be the name of the file, {file.stem}")
    top.text("description")
    entries = _entries(top)
    dated = {ref: [entry for found, entry in entries if found.ref == ref] for ref in {part.ref for part, _ in entries}}
    check_holes(top, dated)
    units, statuses = _units(top, {part for part, _ in entries}), _statuses(top, set(dated))
    for part, entry in entries:
        _check_leaf(top, part.ref, units[part.ref], entry)
    for ref, status in statuses.items():
        if status.ended and dated[ref][-1].valid_to is None:
            top.wrong("ended", f"{ref} has no last day: give its last value a valid_to")
    return [
        Series(ref, units[ref], top.text("article"), file.relative_to(folder), tuple(dated[ref]), statuses[ref])
        for ref in sorted(dated)
    ]


def _entries(top: Node) -> list[tuple[Part, Dated]]:
    """Every part of every dated value, oldest first."""
    nodes = top.children("values")
    if not nodes:
        top.wrong("values", "is empty")
    for node in nodes:
        node.only(VALUE_REQUIRED, {"note"})
    check_order(nodes)
    figure = top.text("id")
    return [(part, _dated(node, leaf)) for node in nodes for part, leaf in parts_of(figure, node)]


def _dated(node: Node, leaf: Leaf) -> Dated:
    word = node.text("confidence")
    if word not in set(Confidence):
        node.wrong("confidence", f"{word} is not one of {', '.join(Confidence)}")
    last = None if node.content["valid_to"] is None else node.day("valid_to")
    return Dated(leaf, node.day("valid_from"), last, node.text("source"), Confidence(word), node.day("checked_on"))


def _units(top: Node, parts: set[Part]) -> dict[str, Unit]:
    """The unit of every part; a file with one unit has no `units`, a mixed file has all of them."""
    whole = _unit(top, "unit")
    named = top.child("units")
    expected = {part.unit_key for part in parts} if whole is Unit.MIXED else set()
    named.only(expected, set())
    return {part.ref: _unit(named, part.unit_key) if whole is Unit.MIXED else whole for part in parts}


def _unit(node: Node, key: str) -> Unit:
    word = node.text(key)
    if word not in set(Unit):
        node.wrong(key, f"{word} is not one of {', '.join(Unit)}")
    return Unit(word)


def _check_leaf(top: Node, ref: str, unit: Unit, entry: Dated) -> None:
    """A unit of number holds no words, a unit of words no number, and money no part of a cent."""
    value, wordy = entry.value, unit in WITHOUT_NUMBER
    if isinstance(value, str) and not wordy:
        top.wrong("values", f"{ref} from {entry.valid_from} is in {unit} but has the words {value!r}")
    if isinstance(value, Decimal) and wordy:
        top.wrong("values", f"{ref} from {entry.valid_from} is {unit} but has the number {value}")
    if isinstance(value, Decimal) and unit in MONEY and value != to_cents(value):
        top.wrong("values", f"{ref} from {entry.valid_from} has part of a cent: {value}")


def _statuses(top: Node, refs: set[str]) -> dict[str, Status]:
    """What the file says of all its parts, unless `parts` says something else of one."""
    figure, named = top.text("id"), top.child("parts")
    named.only(set(), {ref.removeprefix(f"{figure}.") for ref in refs})
    whole = _status(top)
    own = {f"{figure}.{key}": named.child(key) for key in named.content}
    for node in own.values():
        node.only({"why"}, {"ended", "refresh"})
    return {ref: _status(own[ref]) if ref in own else whole for ref in refs}


def _status(node: Node) -> Status:
    known_gap = "refresh" in node.content
    if known_gap and node.text("refresh") != "known_gap":
        node.wrong("refresh", "can only be known_gap")
    ended = node.flag("ended")
    if ended and known_gap:
        node.wrong("refresh", "what has ended is not refreshed")
    if (ended or known_gap) != ("why" in node.content):
        node.wrong("why", "belongs with ended or refresh, and only there")
    return Status(ended, known_gap, node.text("why") if "why" in node.content else "")
