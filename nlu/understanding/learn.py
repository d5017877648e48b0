"""Training: examples in, understanding out. The same examples give the same model, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from understanding import beside, classify, features, folds, threshold
from understanding.errors import TooFewExamples
from understanding.model import Understanding
from understanding.normalise import normalise

Progress = Callable[[str, int, int], None]  # step, done, of
Example = tuple[str, str]  # text, topic


def silent(step: str, done: int, of: int) -> None:
    """Progress for who does not want to know."""


def learn(examples: Iterable[Example], progress: Progress = silent) -> Understanding:
    """Learns the topics, how sure it may be, and below which confidence it had better ask.

    Raises TooFewExamples."""
    pairs = distinct(examples)
    topics = sorted({topic for _, topic in pairs})
    texts = [text for text, _ in pairs]
    labels = np.array([topics.index(topic) for _, topic in pairs])
    _check_enough(topics, labels)

    # The other process has less to do, and has to start: both end at about the same time.
    first = beside.begin(folds.held_back_scores, texts, labels, len(topics), folds.JUDGED[:-1])
    last = folds.held_back_scores(texts, labels, len(topics), folds.JUDGED[-1:])
    progress("folds", 1, len(folds.JUDGED))
    views = features.fit(texts)
    linear = classify.fit(features.matrix(views, texts), labels, len(topics))
    rows, scores = (np.concatenate(both) for both in zip(first(), last))
    progress("folds", len(folds.JUDGED), len(folds.JUDGED))
    progress("fit", 1, 1)
    temperature = classify.fit_temperature(scores, labels[rows])
    held_back = threshold.HeldBack.of(classify.probabilities(scores, temperature), labels[rows], topics)
    line = threshold.choose(held_back)
    report = {"examples": len(texts), **threshold.outcome(line, held_back).as_dict()}
    return Understanding(topics, views, linear, temperature, line, report)


def distinct(examples: Iterable[Example]) -> list[Example]:
    """Normalised examples in a fixed order, no text twice; a text that two topics claim stays with both."""
    return sorted({(normalise(text), topic) for text, topic in examples if normalise(text)})


def _check_enough(topics: list[str], labels: np.ndarray) -> None:
    if len(topics) < 2 or np.bincount(labels).min() < 2:
        raise TooFewExamples("training needs two topics with two different examples each, at least")
