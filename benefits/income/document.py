"""A scenario as it was written, JSON or YAML, into plain data: numbers exact, keys as written, nothing guessed.

The usual loaders read 14.99 as a binary float, the key `on` as true, 1:30 as ninety, and keep the last of two equals.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NoReturn

import yaml

from benefits.errors import ScenarioWrong

DOCUMENT = "document"
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?")
MOST_DIGITS = 40


def read_document(text: str) -> object:
    """One document or a list of them. What looks like JSON is tried as JSON first. Raises ScenarioWrong."""
    try:
        if text.lstrip().startswith(("{", "[")):
            try:
                return _from_json(text)
            except json.JSONDecodeError as error:
                return _from_yaml(text, error)
        return _from_yaml(text)
    except RecursionError:
        raise ScenarioWrong(DOCUMENT, "is nested too deeply") from None


def _from_json(text: str) -> object:
    return json.loads(
        text, parse_float=_number, parse_int=_number, parse_constant=Decimal, object_pairs_hook=_without_doubles
    )


def _number(text: str) -> object:
    """A whole number, a Decimal, or the text itself when it is longer than any amount is."""
    if len(text) > MOST_DIGITS:
        return text
    return int(text) if text.removeprefix("-").isdigit() else Decimal(text)


def _without_doubles(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ScenarioWrong(key, "stands twice")
        found[key] = value
    return found


class AsWritten(yaml.SafeLoader):
    """SafeLoader, but for keys, numbers and dates."""


def _from_yaml(text: str, as_json: json.JSONDecodeError | None = None) -> object:
    """`as_json` tells what was wrong with it as JSON, in case it is not YAML either."""
    try:
        content: object = yaml.load(text, AsWritten)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        if as_json is not None:
            raise ScenarioWrong(DOCUMENT, f"line {as_json.lineno}: is not JSON: {as_json.msg}") from error
        _not_yaml(error)
    return content


def _not_yaml(error: yaml.YAMLError) -> NoReturn:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark else ""
    raise ScenarioWrong(DOCUMENT, f"{place}is not YAML: {getattr(error, 'problem', None) or error}") from error


def _scalar(loader: AsWritten, node: yaml.ScalarNode) -> object:
    """A plain number; nan and infinity as such, to be refused by name; anything else as the text that it is."""
    if PLAIN_NUMBER.fullmatch(node.value):
        return _number(node.value)
    word = node.value.lower().lstrip("+-.")
    return Decimal(word) if word in {"inf", "nan"} else str(node.value)


def _text(loader: AsWritten, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _mapping(loader: AsWritten, node: yaml.MappingNode) -> dict[str, object]:
    keys = [_key(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise ScenarioWrong(key, "stands twice")
    values = [loader.construct_object(value, deep=True) for _, value in node.value]
    return dict(zip(keys, values, strict=True))


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.constructor.ConstructorError(None, None, "a key has to be a word", node.start_mark)
    return str(node.value)


AsWritten.add_constructor("tag:yaml.org,2002:int", _scalar)
AsWritten.add_constructor("tag:yaml.org,2002:float", _scalar)
AsWritten.add_constructor("tag:yaml.org,2002:timestamp", _text)
AsWritten.add_constructor("tag:yaml.org,2002:map", _mapping)
