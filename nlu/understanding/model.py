"""A trained understanding: what a message is about, how sure that is, and what else it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from understanding import classify, features
from understanding.normalise import normalise
from understanding.threshold import Line, elsewhere, strangeness

FALLBACK = "nlu_fallback"
RANKED = 10
# A number alone answers a question, or means nothing yet; but for the two that people in need call.
_NO_WORDS = re.compile(r"(?!.*\b11[23]\b)[\W\d_]*", re.DOTALL)


@dataclass(frozen=True)
class Parse:
    """`topic` is nlu_fallback when in doubt; `ranking` always holds real topics, the likeliest first."""

    topic: str
    confidence: float
    ranking: list[tuple[str, float]]

    def as_dict(self) -> dict[str, Any]:
        named = [{"name": name, "confidence": confidence} for name, confidence in self.ranking]
        return {"topic": self.topic, "confidence": self.confidence, "ranking": named}


@dataclass(frozen=True)
class Understanding:
    """Everything a parse needs. `topics`: names in the order of the classifier's rows."""

    topics: list[str]
    views: list[features.FittedView]
    linear: classify.Linear
    temperature: float
    line: Line
    report: dict[str, Any]

    @cached_property
    def away(self) -> np.ndarray:
        """Which topics are not ours."""
        return elsewhere(self.topics)

    def parse(self, text: str) -> Parse:
        """What one message is about; one without words, or without a single known piece of one, falls back."""
        columns, values = features.row(self.views, normalise(text))
        likely = classify.probabilities(self.linear.scores_of(columns, values)[None], self.temperature)
        best = np.argsort(-likely, axis=1, kind="stable")
        ordered = np.take_along_axis(likely, best, axis=1)
        strange = strangeness(likely, self.away)
        nothing = not len(columns) or _NO_WORDS.fullmatch(text) is not None
        doubtful = nothing or bool(self.line.falls_back(ordered, strange)[0])
        return self._parse(best[0], ordered[0], doubtful)

    def parse_all(self, texts: Sequence[str]) -> list[Parse]:
        """What each message is about."""
        return [self.parse(text) for text in texts]

    def _parse(self, best: np.ndarray, ordered: np.ndarray, doubtful: bool) -> Parse:
        ranking = [
            (self.topics[place], round(float(share), 6)) for place, share in zip(best[:RANKED], ordered[:RANKED])
        ]
        return Parse(FALLBACK if doubtful else ranking[0][0], ranking[0][1], ranking)
