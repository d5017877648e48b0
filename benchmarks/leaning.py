"""How lines that lean on the answer before them are understood, and what that costs lines that do not.

`.venv/bin/python -m benchmarks.leaning --model FILE [--out JSON]`. tests/nlu/leaning.csv has the answer before, the
line and the topics that are right for it; leaning_two.csv has two answers before it, and says which of them is meant.
Their parts "choose" served to choose the limits in services/weigh_again.py, "measure" for nothing but this. Then every
pair gets an older answer taken at random before it, which should change nothing; and every line of
content/held_back.csv is put behind two such answers, where none should mean anything else than it does alone.
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

from services.follow_up import Heard, meant_after
from services.leaning_lines import leans, leans_back
from services.not_understood import OFFERABLE_TASKS
from services.training_material import ACTIONS, FORMS

ROOT = Path(__file__).parent.parent
PAIRS, ALONE = ROOT / "tests" / "nlu" / "leaning.csv", ROOT / "content" / "held_back.csv"
TRIPLES = PAIRS.with_name("leaning_two.csv")
BEHIND = 20
"""Answers that each line of the held-back set, and each pair, is put behind."""
DOES_MORE = {*ACTIONS, *(str(form["topic"]) for form in FORMS)}
"""What is understood as one of these never leans: it has an action or a form of its own."""

type Parse = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    topics, pairs, triples, alone = _topics(), _rows(PAIRS), _rows(TRIPLES), _rows(ALONE)
    lines = [row["line"] for row in [*pairs, *triples]] + [row["text"] for row in alone]
    parses = _parses(given.model, sorted(set(lines)))
    found = {
        **{part: _counted(_of(pairs, part=part), parses, topics) for part in _parts(pairs)},
        "two": {
            part: {meant: _counted(_of(triples, part=part, meant=meant), parses, topics) for meant in ("older", "last")}
            for part in _parts(triples)
        },
        "older_at_random": {part: _older_at_random(_of(pairs, part=part), parses, topics) for part in _parts(pairs)},
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


def _of(rows: Sequence[dict[str, str]], **fields: str) -> list[dict[str, str]]:
    return [row for row in rows if fields.items() <= row.items()]


def _parts(pairs: Sequence[Mapping[str, str]]) -> list[str]:
    return sorted({row["part"] for row in pairs})


def _parses(model: Path, texts: Sequence[str]) -> dict[str, Parse]:
    command = [f"{ROOT}/nlu/.venv/bin/python", f"{ROOT}/nlu/parse.py", "--model", str(model.resolve())]
    asked = json.dumps({"texts": list(texts)}) + "\n"
    run = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return dict(zip(texts, json.loads(run.stdout)["parses"], strict=True))


def _own(parse: Parse) -> str | None:
    return None if parse["topic"] == "nlu_fallback" else str(parse["topic"])


def _after(said: Sequence[str], line: str, parse: Parse, topics: Mapping[str, Any]) -> str | None:
    """What is answered behind those answers, the last one first; None when it is asked back."""
    own = _own(parse)
    if own in DOES_MORE or not leans(line):
        return own
    answerable = {name for name, topic in topics.items() if topic["kind"] != "task"}
    follow_up = {name: topics[name].get("follow_up", []) for name in (*answerable, *OFFERABLE_TASKS)}
    heard = Heard(line, own, {one["name"]: one["confidence"] for one in parse["ranking"]})
    return meant_after(said, heard, answerable, follow_up).topic


def _counted(rows: Sequence[Mapping[str, str]], parses: Mapping[str, Parse], topics: Mapping[str, Any]) -> Any:
    """Alone, behind the last answer, and behind the older one too where there is one."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        parse, right = parses[row["line"]], row["topics"].split("|")
        said = [row[name] for name in ("previous", "older") if name in row]
        found = {"before": _own(parse), "after": _after(said[:1], row["line"], parse, topics)}
        if len(said) > 1:
            found["after_two"] = _after(said, row["line"], parse, topics)
        for when, topic in found.items():
            counted = counts.setdefault(when, Counter({"right": 0, "asked_back": 0, "wrong": 0}))
            counted["asked_back" if topic is None else "right" if topic in right else "wrong"] += 1
    return {"lines": len(rows), **counts}


def _older_at_random(rows: Sequence[Mapping[str, str]], parses: Mapping[str, Parse], topics: Mapping[str, Any]) -> Any:
    """What an answer that has nothing to do with it does to a pair."""
    chance, counts = random.Random(2), Counter({"changed": 0, "lost": 0, "newly_wrong": 0})
    for row in rows:
        parse, right = parses[row["line"]], row["topics"].split("|")
        before = _after([row["previous"]], row["line"], parse, topics)
        for older in chance.sample(_questions(topics), BEHIND):
            after = _after([row["previous"], older], row["line"], parse, topics)
            counts["changed"] += after != before
            counts["lost"] += before in right and after not in right
            counts["newly_wrong"] += after != before and after is not None and after not in right
    return {"turns": len(rows) * BEHIND, **counts}


def _alone(rows: Sequence[Mapping[str, str]], parses: Mapping[str, Parse], topics: Mapping[str, Any]) -> Any:
    chance, counts = random.Random(1), Counter({"changed": 0, "better": 0, "worse": 0})
    for row in rows:
        parse, right = parses[row["text"]], row["topics"].split("|")
        for said in zip(*(chance.sample(_questions(topics), BEHIND) for _ in range(2)), strict=True):
            before, after = _own(parse), _after(said, row["text"], parse, topics)
            counts["changed"] += after != before
            counts["better"] += after != before and after in right
            counts["worse"] += after != before and before in right
    return {"lines": len(rows), "behind": BEHIND, "leaning": sum(leans_back(row["text"]) for row in rows), **counts}


def _questions(topics: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, topic in topics.items() if topic["kind"] == "faq")


if __name__ == "__main__":
    main()
