"""Where to stop answering: chosen on held-back examples, when the model is trained."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

OUT_OF_SCOPE = "out_of_scope"
WRONG_COSTS = 0.5  # a wrong answer takes away half of what a right one brings: it names its topic and can be put right
NEAREST_BRINGS = 0.1  # falling back with the right topic among the three nearest costs the resident a second go
STRAYS_AT_MOST = 0.05  # share of questions that are not ours and are answered nevertheless
KEEP_AT_LEAST = 0.9  # share of right answers that the line for strays may leave standing

_LINES = np.round(np.arange(0.05, 0.80, 0.01), 2)
_GAPS = (0.0, 0.02, 0.05, 0.08)


@dataclass(frozen=True)
class Line:
    """Below `confidence`, or with the second topic nearer than `gap`, the assistant asks instead of answers."""

    confidence: float
    gap: float

    def falls_back(self, ordered: np.ndarray) -> np.ndarray:
        """Which rows are too doubtful. `ordered`: probabilities, highest first, shape (texts, topics)."""
        return np.asarray((ordered[:, 0] < self.confidence) | (ordered[:, 0] - ordered[:, 1] < self.gap))


@dataclass(frozen=True)
class Outcome:
    """What a line does to the held-back examples; shares of all of them, but for the two named otherwise."""

    top1: float
    top3: float
    answered_right: float
    answered_wrong: float
    fell_back: float
    strays_answered: float  # share of the examples of out_of_scope
    calibration_error: float  # expected calibration error, ten bins

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def choose(likely: np.ndarray, labels: np.ndarray, topics: list[str]) -> Line:
    """The line with the best worth; among those within the share of strays, if that costs few right answers."""
    candidates = [Line(float(confidence), gap) for gap in _GAPS for confidence in _LINES]
    judged = [(line, outcome(line, likely, labels, topics)) for line in candidates]
    most = max(result.answered_right for _, result in judged)
    strict = [
        (line, result)
        for line, result in judged
        if result.strays_answered <= STRAYS_AT_MOST and result.answered_right >= KEEP_AT_LEAST * most
    ]
    return max(strict or judged, key=lambda pair: _worth(pair[1]))[0]


def _worth(result: Outcome) -> float:
    saved = max(result.top3 - result.answered_right - result.answered_wrong, 0.0)
    return result.answered_right - WRONG_COSTS * result.answered_wrong + NEAREST_BRINGS * min(saved, result.fell_back)


def outcome(line: Line, likely: np.ndarray, labels: np.ndarray, topics: list[str]) -> Outcome:
    """Counts. `likely`: probabilities (texts, topics) of held-back examples; `labels`: their topics' indices."""
    best = np.argsort(-likely, axis=1, kind="stable")
    ordered = np.take_along_axis(likely, best, axis=1)
    answered = ~line.falls_back(ordered)
    right = best[:, 0] == labels
    stray = labels == (topics.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in topics else -1)
    return Outcome(
        top1=float(right.mean()),
        top3=float((best[:, :3] == labels[:, None]).any(axis=1).mean()),
        answered_right=float((answered & right).mean()),
        answered_wrong=float((answered & ~right).mean()),
        fell_back=float((~answered).mean()),
        strays_answered=float((answered & ~right)[stray].mean()) if stray.any() else 0.0,
        calibration_error=_calibration_error(ordered[:, 0], right),
    )


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in np.unique(bins)
    ]
    return float(sum(gaps))
