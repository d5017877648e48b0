"""How well two requests in one message are seen, measured on examples that were held back.

`nlu/.venv/bin/python nlu/measure_requests.py --material material.json` learns four fifths of the examples and prints
JSON: of the other fifth, how many were wrongly seen as two requests; of pairs of them joined by "en", a full stop and
the like, in how many a second one was offered, and in how many both topics were right."""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

from project import material
from understanding import learn, requests
from understanding.model import Understanding

FOLDS = 5
PAIRS = 1500
LONGEST = 14  # words: who asks two things at once asks each of them briefly
JOINS = (" en ", ". ", "? ", " en ook ", "\n", ", en verder ")

Line = tuple[str, str]  # text, topic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    lines = [
        (text, topic.id) for topic in material.read(parser.parse_args().material).topics for text in topic.examples
    ]
    random.Random(1).shuffle(lines)
    held_back = lines[::FOLDS]
    understanding = learn.learn([line for place, line in enumerate(lines) if place % FOLDS])
    print(json.dumps(_measured(understanding, held_back), indent=1))


def _measured(understanding: Understanding, held_back: list[Line]) -> dict[str, float]:
    began = time.perf_counter()
    singles = [_seen(understanding, text) for text, _ in held_back]
    each = (time.perf_counter() - began) / len(held_back)
    joined = list(_pairs(held_back))
    seen = [(_seen(understanding, text), expected) for text, expected in joined]
    return {
        "single": len(singles),
        "single_seen_as_two": round(sum(one is not None and not one.urgent for one in singles) / len(singles), 4),
        "single_seen_as_urgent": round(sum(one is not None and one.urgent for one in singles) / len(singles), 4),
        "pairs": len(joined),
        "second_offered": round(sum(one is not None for one, _ in seen) / len(seen), 4),
        "both_right": round(
            sum(one is not None and (one.topic, one.second) == two for one, two in seen) / len(seen), 4
        ),
        "ms_a_line": round(1000 * each, 1),
    }


def _seen(understanding: Understanding, text: str) -> requests.Requests | None:
    return requests.find(text, understanding.parse(text), understanding.parse)


def _pairs(held_back: list[Line]) -> list[tuple[str, Line]]:
    """Joined lines of different topics, with both topics in their order."""
    chance = random.Random(2)
    usable = [
        (text, topic)
        for text, topic in held_back
        if topic not in requests.SMALL_TALK and len(requests.parts(text)) == 1 and len(text.split()) <= LONGEST
    ]
    pairs = [tuple(chance.sample(usable, 2)) for _ in range(PAIRS)]
    return [
        (one.rstrip(" .?!") + chance.choice(JOINS) + two, (first, second))
        for (one, first), (two, second) in pairs
        if first != second
    ]


if __name__ == "__main__":
    main()
