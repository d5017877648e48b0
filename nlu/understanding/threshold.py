"""Where to stop answering: chosen on held-back examples, when the model is trained."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

OUT_OF_SCOPE = "out_of_scope"
REDIRECT = "elsewhere_"
WRONG_COSTS = 0.5  # a wrong answer takes away half of what a right one brings: it names its topic and can be put right
NEAREST_BRINGS = 0.1  # falling back with the right topic among the three nearest costs the resident a second go
STRAYS_AT_MOST = 0.05  # share of questions that are not ours and may be answered nevertheless
STRAY_COSTS = 0.5  # per share above that

_LINES = np.round(np.arange(0.06, 0.80, 0.02), 2)
_GAPS = (0.0, 0.02, 0.05, 0.08)
_STRANGE = (0.05, 0.1, 0.15, 0.2, 0.3, 1.0)


def elsewhere(topics: list[str]) -> np.ndarray:
    """Which topics are not ours: nothing of the kind, or a pointer to another counter. Shape (topics,)."""
    return np.array([topic == OUT_OF_SCOPE or topic.startswith(REDIRECT) for topic in topics])


def strangeness(likely: np.ndarray, away: np.ndarray) -> np.ndarray:
    """How likely it is that a text with an answer of ours is not ours, all topics `away` together; 0 for a text without
    one. Together they tell what none of them does alone: a strange question lies a little near to many. Shape (texts,)."""
    return np.asarray(np.where(away[likely.argmax(axis=1)], 0.0, likely[:, away].sum(axis=1)))


@dataclass(frozen=True)
class Line:
    """Below `confidence`, with the second topic nearer than `gap`, or more `strange` than that, the assistant asks
    instead of answers."""

    confidence: float
    gap: float
    strange: float = 1.0

    def falls_back(self, ordered: np.ndarray, strange: np.ndarray | float = 0.0) -> np.ndarray:
        """Which rows are too doubtful. `ordered`: probabilities, highest first, shape (texts, topics); `strange`: of
        each text (`strangeness`)."""
        near = ordered[:, 0] - ordered[:, 1] < self.gap
        return np.asarray((ordered[:, 0] < self.confidence) | near | (np.asarray(strange) > self.strange))


@dataclass(frozen=True)
class Outcome:
    """What a line does to the held-back examples; shares of all of them, but for the two named otherwise."""

    top1: float
    top3: float
    answered_right: float
    answered_wrong: float
    fell_back: float
    strays_answered: float  # share of the examples that are not ours, with an answer of ours
    calibration_error: float  # expected calibration error, ten bins

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class HeldBack:
    """Held-back examples, their topics sorted once. `ordered`: probabilities, highest first; `right`: whether the topic
    in that place is right; both (texts, topics). `stray`: which examples are not ours; `ours`: which ones would get an
    answer of ours; `strange`: how likely each is not ours. A pointer to any place elsewhere is right for what belongs to
    no topic at all."""

    ordered: np.ndarray
    right: np.ndarray
    stray: np.ndarray
    ours: np.ndarray
    strange: np.ndarray

    @classmethod
    def of(cls, likely: np.ndarray, labels: np.ndarray, topics: list[str]) -> HeldBack:
        best = np.argsort(-likely, axis=1, kind="stable")
        away = elsewhere(topics)
        nowhere = np.array([topic == OUT_OF_SCOPE for topic in topics])
        right = (best == labels[:, None]) | (nowhere[labels][:, None] & away[best])
        ordered = np.take_along_axis(likely, best, axis=1)
        return cls(ordered, right, away[labels], ~away[best[:, 0]], strangeness(likely, away))


def choose(held_back: HeldBack) -> Line:
    """The line with the best worth: right answers, less wrong ones, less strays beyond their share."""
    candidates = [Line(float(sure), gap, strange) for strange in _STRANGE for gap in _GAPS for sure in _LINES]
    return max(candidates, key=lambda line: _worth(outcome(line, held_back)))


def _worth(result: Outcome) -> float:
    saved = max(result.top3 - result.answered_right - result.answered_wrong, 0.0)
    bought = result.answered_right + NEAREST_BRINGS * min(saved, result.fell_back)
    strays = max(result.strays_answered - STRAYS_AT_MOST, 0.0)
    return bought - WRONG_COSTS * result.answered_wrong - STRAY_COSTS * strays


def outcome(line: Line, held_back: HeldBack) -> Outcome:
    """What the line does to the held-back examples."""
    answered = ~line.falls_back(held_back.ordered, held_back.strange)
    right, stray = held_back.right[:, 0], held_back.stray
    return Outcome(
        top1=float(right.mean()),
        top3=float(held_back.right[:, :3].any(axis=1).mean()),
        answered_right=float((answered & right).mean()),
        answered_wrong=float((answered & ~right).mean()),
        fell_back=float((~answered).mean()),
        strays_answered=float((answered & held_back.ours)[stray].mean()) if stray.any() else 0.0,
        calibration_error=_calibration_error(held_back.ordered[:, 0], right),
    )


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in np.unique(bins)
    ]
    return float(sum(gaps))
