"""Which classifier understands best: ours, parts of it left out, others, and Rasa's own, on the same messages.

`nlu/.venv/bin/python nlu/classifiers.py --out FILE.json [--rasa light diet] [--most 20]`, in Rasa's environment. Learns from
the examples in content/, counts on content/held_back.csv. tests/nlu/held_back.csv is never read here: a choice made on
it would spoil what it measures.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from project.build import _writer, one_line
from understanding import classify, features
from understanding.learn import distinct
from understanding.normalise import normalise

ROOT = Path(__file__).parent.parent
CURVE = (5, 10, 20, 40, 60)
Rank = Callable[[Sequence[str]], list[list[str]]]
"""Messages to topics, likeliest first."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rasa", nargs="*", default=[], choices=["light", "diet"])
    parser.add_argument("--only", nargs="*", default=[""], help="beginnings of names; the file keeps its other rows")
    parser.add_argument("--epochs", type=int, default=20, help="of DIET; Rasa's default is 300")
    parser.add_argument(
        "--most", type=int, help="Rasa's own learn from so many examples of each topic, as the curve does"
    )
    arguments = parser.parse_args()
    examples, messages = read_examples(), read_messages()
    found: list[dict[str, Any]] = json.loads(arguments.out.read_text()) if arguments.out.exists() else []
    for name, train in [*compared(), *curve(), *rasas(arguments.rasa, arguments.epochs, arguments.most)]:
        if not name.startswith(tuple(arguments.only)):
            continue
        began = time.process_time()
        row = {"name": name, **count(train(examples), messages)}
        found = [one for one in found if one["name"] != name]
        found.append(row | {"cpu_s": round(time.process_time() - began, 1)})
        print(found[-1], flush=True)
        arguments.out.write_text(json.dumps(found, indent=1))


def read_examples() -> list[tuple[str, str]]:
    """(text, topic) of every example and question, normalised, none twice."""
    reader, pairs = YAML(typ="safe"), []
    for file in sorted((ROOT / "content" / "topics").rglob("*.yaml")):
        topic = reader.load(file.read_text(encoding="utf-8"))
        texts = [*topic["question"].values(), *(one for lines in topic["examples"].values() for one in lines)]
        pairs += [(text, topic["id"]) for text in texts]
    return distinct(pairs)


def read_messages() -> list[tuple[str, set[str]]]:
    with (ROOT / "content" / "held_back.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], {own(one) for one in row["topics"].split("|")}) for row in csv.DictReader(file)]


def own(topic: str) -> str:
    """A pointer elsewhere counts as one of the messages that are not ours (services/evaluation.py)."""
    return "out_of_scope" if topic.startswith("elsewhere_") else topic


def count(rank: Rank, messages: Sequence[tuple[str, set[str]]]) -> dict[str, float]:
    ranked = [[own(topic) for topic in topics] for topics in rank([text for text, _ in messages])]
    rows = [(topics[0] in right, bool(right & set(topics[:3]))) for topics, (_, right) in zip(ranked, messages)]
    return {
        "top1": round(float(np.mean([r[0] for r in rows])), 4),
        "top3": round(float(np.mean([r[1] for r in rows])), 4),
    }


def compared() -> Iterator[tuple[str, Callable[[list[tuple[str, str]]], Rank]]]:
    views = {view.name: view for view in features.VIEWS}
    yield "ours: linear SVM on words, stems, letters and sounds", linear(LinearSVC(C=classify.COST, tol=0.1))
    yield "the same without words and stems", linear(_svm(), views["letters"], views["sounds"])
    yield "the same without letters and sounds", linear(_svm(), views["words"], views["stems"])
    yield "the same without sounds", linear(_svm(), views["words"], views["stems"], views["letters"])
    yield "the same without stems", linear(_svm(), views["words"], views["letters"], views["sounds"])
    for cost in (0.1, 0.2, 1.0, 2.0):
        yield f"the same, C = {cost}", linear(LinearSVC(C=cost, tol=0.1))
    yield "the same, balanced weights of topics", linear(LinearSVC(C=classify.COST, tol=0.1, class_weight="balanced"))
    yield "logistic regression, C = 30", linear(LogisticRegression(C=30, solver="liblinear", tol=1e-1))
    yield "complement naive Bayes", linear(ComplementNB(alpha=0.3))


def _svm() -> LinearSVC:
    return LinearSVC(C=classify.COST, tol=0.1)


def curve() -> Iterator[tuple[str, Callable[[list[tuple[str, str]]], Rank]]]:
    """The learning curve: so many examples of every topic, taken at random."""
    for most in CURVE:
        yield f"curve {most}", _fewer(most)


def _fewer(most: int) -> Callable[[list[tuple[str, str]]], Rank]:
    return lambda examples: linear(_svm())(drawn(examples, most))


def drawn(examples: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """So many of each topic, taken at random; the same ones at every call."""
    chance, kept = np.random.default_rng(2026), []
    for topic in sorted({topic for _, topic in examples}):
        own_lines = [pair for pair in examples if pair[1] == topic]
        kept += [own_lines[place] for place in chance.permutation(len(own_lines))[:most]]
    return kept


def linear(machine: Any, *views: features.View) -> Callable[[list[tuple[str, str]]], Rank]:
    """A classifier of scikit-learn on our features, or on some of them."""

    def train(examples: list[tuple[str, str]]) -> Rank:
        texts = [text for text, _ in examples]
        fitted = [features._fit_one(view, texts) for view in views or features.VIEWS]
        machine.fit(features.matrix(fitted, texts), [topic for _, topic in examples])

        def rank(messages: Sequence[str]) -> list[list[str]]:
            rows = features.matrix(fitted, [normalise(text) for text in messages])
            scores = (
                machine.decision_function(rows)
                if hasattr(machine, "decision_function")
                else machine.predict_proba(rows)
            )
            return [[str(machine.classes_[place]) for place in np.argsort(-row)[:3]] for row in scores]

        return rank

    return train


def rasas(
    names: Sequence[str], epochs: int, most: int | None
) -> Iterator[tuple[str, Callable[[list[tuple[str, str]]], Rank]]]:
    part = f", {most} examples a topic" if most else ""
    for name in names:
        title = f"Rasa's DIET, {epochs} epochs" if name == "diet" else "Rasa's LogisticRegressionClassifier"
        yield title + part, lambda examples, name=name: _rasa(name, epochs, drawn(examples, most or len(examples)))


def _rasa(name: str, epochs: int, examples: list[tuple[str, str]]) -> Rank:
    """Rasa's tokeniser and counting featurisers (words, letters 2 to 5), with a classifier of its own."""
    import asyncio
    import tempfile

    from rasa.core.agent import load_agent
    from rasa.model_training import train_nlu

    last = {"name": "DIETClassifier", "epochs": epochs} if name == "diet" else {"name": "LogisticRegressionClassifier"}
    letters = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5}
    pipeline = [{"name": "WhitespaceTokenizer"}, {"name": "CountVectorsFeaturizer"}, letters, last]
    folder = Path(tempfile.mkdtemp(prefix="trede-classifiers-"))
    lines: dict[str, list[str]] = {}
    for text, topic in examples:
        lines.setdefault(topic, []).append(f"- {one_line(text)}\n")
    entries = [{"intent": topic, "examples": "".join(texts)} for topic, texts in lines.items()]
    for file, content in (
        ("nlu.yml", {"version": "3.1", "nlu": entries}),
        ("config.yml", {"recipe": "default.v1", "assistant_id": "x", "language": "nl", "pipeline": pipeline}),
    ):
        with (folder / file).open("w", encoding="utf-8") as out:
            _writer().dump(content, out)
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    agent = asyncio.run(load_agent(model_path=model))

    def rank(messages: Sequence[str]) -> list[list[str]]:
        parsed = [asyncio.run(agent.parse_message(normalise(text))) for text in messages]
        return [[one["name"] for one in parse["intent_ranking"][:3]] or ["nlu_fallback"] for parse in parsed]

    return rank


if __name__ == "__main__":
    main()
