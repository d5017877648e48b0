"""Reads lines from stdin and says what they are about, as the served model would, without Rasa.

`nlu/.venv/bin/python nlu/parse.py --model FILE` reads {"text": ...} or {"texts": [...]} a line and answers each with
{"topic", "confidence", "ranking"} or {"parses": [...]}."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import archive
from understanding.errors import UnderstandingError
from understanding.model import Understanding

REFUSED = 3  # exit code


def main() -> int:
    """0 when every line was answered; 3 when the model is refused. A line that cannot be read answers {"error"}."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    model: Path = parser.parse_args().model
    try:
        archive.checked_manifest(model)
        understanding = archive.read(model)
    except UnderstandingError as error:
        print(f"parse.py: {error}", file=sys.stderr)
        return REFUSED
    for line in sys.stdin:
        print(json.dumps(_answer(understanding, line), ensure_ascii=False), flush=True)
    return 0


def _answer(understanding: Understanding, line: str) -> dict[str, object]:
    try:
        asked = json.loads(line)
        if "texts" in asked:
            return {"parses": [parse.as_dict() for parse in understanding.parse_all(asked["texts"])]}
        return understanding.parse(asked["text"]).as_dict()
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"error": "not_a_line"}


if __name__ == "__main__":
    sys.exit(main())
