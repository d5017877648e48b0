"""How lines that lean on the answer before them are understood, and what that costs lines that do not.

`.venv/bin/python -m benchmarks.leaning --model FILE [--out JSON]`. tests/nlu/leaning.csv has the answer before, the
line and the topics that are right for it. Its part "choose" served to choose the limits in services/follow_up.py,
"measure" for nothing but this. Then every line of content/held_back.csv is put behind answers taken at random, where
none of them should mean anything else than it does alone.
"""

import argparse
import csv
import json
import random
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from services.follow_up import SMALL_TALK, asks_on, is_bare, leans_back, related, supposes, understand_again
from services.not_understood import OFFERABLE_TASKS

ROOT = Path(__file__).parent.parent
PAIRS, ALONE = ROOT / "tests" / "nlu" / "leaning.csv", ROOT / "content" / "held_back.csv"
BEHIND = 20
"""Answers that each line of the held-back set is put behind."""

type Parse = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    topics, pairs, alone = _topics(), _rows(PAIRS), _rows(ALONE)
    parses = _parses(given.model, [row["line"] for row in pairs] + [row["text"] for row in alone])
    found = {
        **{part: _counted([row for row in pairs if row["part"] == part], parses, topics) for part in _parts(pairs)},
        "alone": _alone(alone, parses, topics),
    }
    told = json.dumps(found, indent=1)
    print(told)
    if given.out:
        given.out.write_text(told, encoding="utf-8")


def _topics() -> dict[str, dict[str, Any]]:
    files = (ROOT / "content" / "topics").rglob("*.yaml")
    return {topic["id"]: topic for topic in (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(pairs: Sequence[Mapping[str, str]]) -> list[str]:
    return sorted({row["part"] for row in pairs})


def _parses(model: Path, texts: Sequence[str]) -> dict[str, Parse]:
    command = [f"{ROOT}/nlu/.venv/bin/python", f"{ROOT}/nlu/parse.py", "--model", str(model.resolve())]
    asked = json.dumps({"texts": list(texts)}) + "\n"
    run = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return dict(zip(texts, json.loads(run.stdout)["parses"], strict=True))


def _own(parse: Parse) -> str | None:
    return None if parse["topic"] == "nlu_fallback" else str(parse["topic"])


def _after(previous: str, line: str, parse: Parse, topics: Mapping[str, Any]) -> str | None:
    """What is answered behind that answer; None when it is asked back."""
    answerable = {name for name, topic in topics.items() if topic["kind"] != "task"}
    if asks_on(line) and previous in answerable:
        return previous
    if not (leans_back(line) or is_bare(line)):
        return _own(parse)
    near = related(previous, {name: topics[name].get("follow_up", []) for name in (*answerable, *OFFERABLE_TASKS)})
    likely = {one["name"]: one["confidence"] for one in parse["ranking"]}
    if supposes(line):
        likely = {name: share for name, share in likely.items() if name not in SMALL_TALK}
    leaning = understand_again(likely, near, answerable, previous)
    return leaning.topic or (previous if is_bare(line) and previous in answerable else _own(parse))


def _counted(rows: Sequence[Mapping[str, str]], parses: Mapping[str, Parse], topics: Mapping[str, Any]) -> Any:
    counts: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
    for row in rows:
        parse, right = parses[row["line"]], row["topics"].split("|")
        after = _after(row["previous"], row["line"], parse, topics)
        for when, topic in (("before", _own(parse)), ("after", after)):
            counts[when]["asked_back" if topic is None else "right" if topic in right else "wrong"] += 1
    return {"lines": len(rows), **counts}


def _alone(rows: Sequence[Mapping[str, str]], parses: Mapping[str, Parse], topics: Mapping[str, Any]) -> Any:
    chance, counts = random.Random(1), Counter({"changed": 0, "better": 0, "worse": 0})
    questions = sorted(name for name, topic in topics.items() if topic["kind"] == "faq")
    for row in rows:
        parse, right = parses[row["text"]], row["topics"].split("|")
        for previous in chance.sample(questions, BEHIND):
            before, after = _own(parse), _after(previous, row["text"], parse, topics)
            counts["changed"] += after != before
            counts["better"] += after != before and after in right
            counts["worse"] += after != before and before in right
    return {"lines": len(rows), "behind": BEHIND, "leaning": sum(leans_back(row["text"]) for row in rows), **counts}


if __name__ == "__main__":
    main()
