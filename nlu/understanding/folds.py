"""Held-back scores: every example judged by a classifier that has not seen it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from understanding import classify, features

FOLDS = 5
JUDGED = (0, 1, 2)
"""Which of the folds are judged: three fifths of the examples are enough to choose a line by."""


def assign(texts: Sequence[str], labels: np.ndarray) -> np.ndarray:
    """The fold of each example, spread evenly within its topic; the same for the same texts in any order."""
    fold = np.zeros(len(texts), dtype=int)
    for label in np.unique(labels):
        own = sorted(np.flatnonzero(labels == label), key=lambda row: _mark(texts[row]))
        for place, row in enumerate(own):
            fold[row] = (place + label) % FOLDS
    return fold


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def held_back_scores(
    texts: Sequence[str], labels: np.ndarray, topics: int, folds: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Which examples are in these folds, and their scores by all that are not in the same one.

    Shapes (judged,) and (judged, topics)."""
    fold, counted = assign(texts, labels), features.count(texts)
    rows = [np.flatnonzero(fold == number) for number in folds]
    scores = [
        _judge(counted, labels, np.flatnonzero(fold != number), outside, topics)
        for number, outside in zip(folds, rows)
    ]
    return np.concatenate(rows), np.concatenate(scores)


def _judge(
    counted: Sequence[features.Counted], labels: np.ndarray, inside: np.ndarray, outside: np.ndarray, topics: int
) -> np.ndarray:
    """Scores of the rows `outside` after learning from the rows `inside`; a topic unseen there scores -1."""
    scores = np.full((len(outside), topics), -1.0)
    if len(outside):
        known = np.unique(labels[inside])
        learnt_from, asked = features.parted(counted, inside, outside)
        learnt = classify.fit(learnt_from, np.searchsorted(known, labels[inside]), len(known))
        scores[:, known] = learnt.scores(asked)
    return scores
