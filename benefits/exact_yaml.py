"""YAML in which numbers are Decimals exactly as written, and a key cannot be written twice.

The usual loader reads 1419.46 as a binary float and silently keeps the last of two equal keys.
"""

import re
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path

import yaml

from benefits.errors import FigureFileWrong

PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class ExactLoader(yaml.CSafeLoader):
    """SafeLoader, but for numbers and doubled keys."""


def read_yaml(path: Path) -> object:
    """The content of one file; raises FigureFileWrong with the line when it is not such YAML."""
    loader = ExactLoader(path.read_text(encoding="utf-8"))
    try:
        content: object = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FigureFileWrong(path, f"line {line}", error.problem or "not YAML") from error
    finally:
        loader.dispose()
    return content


def _number(loader: ExactLoader, node: yaml.ScalarNode) -> Decimal:
    if not PLAIN_NUMBER.fullmatch(node.value):
        raise yaml.constructor.ConstructorError(None, None, f"{node.value} is not a plain number", node.start_mark)
    return Decimal(node.value)


def _mapping(loader: ExactLoader, node: yaml.MappingNode) -> dict[Hashable, object]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key {key.value} stands twice", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


ExactLoader.add_constructor("tag:yaml.org,2002:int", _number)
ExactLoader.add_constructor("tag:yaml.org,2002:float", _number)
ExactLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
