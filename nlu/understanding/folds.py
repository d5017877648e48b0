"""Held-back scores: every example judged by a classifier that has not seen it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from understanding import classify, features

FOLDS = 5
SIDE_BY_SIDE = 2  # liblinear lets other threads run meanwhile; each more takes 200 MB


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
    texts: Sequence[str], labels: np.ndarray, topics: int, done: Callable[[int], None]
) -> np.ndarray:
    """Scores of every example by the four folds it is not in. Shape (texts, topics)."""
    fold = assign(texts, labels)
    scores = np.full((len(texts), topics), -1.0)

    def judge(number: int) -> None:
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(outside):
            scores[outside] = _judge(texts, labels, inside, outside, topics)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as several:
        for number, _ in enumerate(several.map(judge, range(FOLDS)), 1):
            done(number)
    return scores


def _judge(
    texts: Sequence[str], labels: np.ndarray, inside: np.ndarray, outside: np.ndarray, topics: int
) -> np.ndarray:
    """Scores of the rows `outside` after learning from the rows `inside`; a topic unseen there scores -1."""
    known = np.unique(labels[inside])
    views = features.fit([texts[row] for row in inside])
    learnt = classify.fit(
        features.matrix(views, [texts[row] for row in inside]), np.searchsorted(known, labels[inside]), len(known)
    )
    scores = np.full((len(outside), topics), -1.0)
    scores[:, known] = learnt.scores(features.matrix(views, [texts[row] for row in outside]))
    return scores
