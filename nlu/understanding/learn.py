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
    return Learning(examples).finish(progress)


class Learning:
    """A training of which half is done by a second process, from the moment that it is made. Who made it may do
    something else first: loading Rasa takes as long as all that."""

    def __init__(self, examples: Iterable[Example]) -> None:
        """Raises TooFewExamples."""
        self.pairs = distinct(examples)
        self._topics = sorted({topic for _, topic in self.pairs})
        self._texts = [text for text, _ in self.pairs]
        self._labels = np.array([self._topics.index(topic) for _, topic in self.pairs])
        _check_enough(self._topics, self._labels)
        self._judged = beside.begin(folds.held_back_scores, self._texts, self._labels, len(self._topics), folds.JUDGED)

    def finish(self, progress: Progress = silent) -> Understanding:
        """Learns from all examples meanwhile, and then waits for how sure that may be."""
        topics, labels = self._topics, self._labels
        progress("fit", 0, 1)
        views = features.fit(self._texts)
        linear = classify.fit(features.matrix(views, self._texts), labels, len(topics))
        progress("folds", 0, 1)
        rows, scores = self._judged()
        progress("folds", 1, 1)
        temperature = classify.fit_temperature(scores, labels[rows])
        held_back = threshold.HeldBack.of(classify.probabilities(scores, temperature), labels[rows], topics)
        line = threshold.choose(held_back)
        report = {"examples": len(self.pairs), **threshold.outcome(line, held_back).as_dict()}
        return Understanding(topics, views, linear, temperature, line, report)


def distinct(examples: Iterable[Example]) -> list[Example]:
    """Normalised examples in a fixed order, no text twice; a text that two topics claim stays with both."""
    return sorted({(normalise(text), topic) for text, topic in examples if normalise(text)})


def _check_enough(topics: list[str], labels: np.ndarray) -> None:
    if len(topics) < 2 or np.bincount(labels).min() < 2:
        raise TooFewExamples("training needs two topics with two different examples each, at least")
