"""How well lines are understood, measured on messages of which the topic is known."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

OUT_OF_SCOPE = "out_of_scope"
REDIRECT = "elsewhere_"


@dataclass(frozen=True)
class Labelled:
    """A message and the topics that are right for it."""

    text: str
    topics: tuple[str, ...]
    style: str = ""
    language: str = "nl"

    @property
    def ours(self) -> bool:
        return not all(counts_as(topic) == OUT_OF_SCOPE for topic in self.topics)


@dataclass(frozen=True)
class Parsed:
    """What the understanding made of it. `topic` is None when it asks what is meant instead of answering."""

    topic: str | None
    ranking: tuple[str, ...]
    confidence: float


def counts_as(topic: str) -> str:
    """A pointer to the right place elsewhere is right for a message that is not ours."""
    return OUT_OF_SCOPE if topic.startswith(REDIRECT) else topic


def evaluate(pairs: Sequence[tuple[Labelled, Parsed]]) -> dict[str, Any]:
    """All shares are between 0 and 1, None where there was nothing to count.

    `top1`, `top3`: the right topic ranked first, among the first three, whether or not it was sure enough to answer.
    `coverage`: share of our messages that got an answer instead of a question back.
    `wrong_answers`: share of all messages that got an answer of a wrong topic.
    `out_of_scope`: a message counts as seen to be out of scope when it got no answer of ours (pointed elsewhere,
    or asked what was meant); `precision` of that, `recall`, and `answered`, the share that did get one.
    `calibration`: per tenth of confidence how many messages, how sure it was of them, and how often that was right.
    """
    report = _shares(pairs)
    report["out_of_scope"] = _out_of_scope(pairs)
    report["per_topic"] = _grouped(pairs, lambda label: label.topics[0])
    report["per_style"] = _grouped(pairs, lambda label: label.style)
    report["per_language"] = _grouped(pairs, lambda label: label.language)
    report["calibration"] = _calibration(pairs)
    report["confused"] = _confused(pairs)
    return report


def _shares(pairs: Sequence[tuple[Labelled, Parsed]]) -> dict[str, Any]:
    return {
        "messages": len(pairs),
        "top1": _share(_is_right(label, parsed.ranking[:1]) for label, parsed in pairs),
        "top3": _share(_is_right(label, parsed.ranking[:3]) for label, parsed in pairs),
        "coverage": _share(parsed.topic is not None for label, parsed in pairs if label.ours),
        "wrong_answers": _share(is_wrong_answer(label, parsed) for label, parsed in pairs),
    }


def is_wrong_answer(label: Labelled, parsed: Parsed) -> bool:
    return parsed.topic is not None and not _is_right(label, (parsed.topic,))


def answers_right(label: Labelled, parsed: Parsed) -> bool:
    return parsed.topic is not None and _is_right(label, (parsed.topic,))


def is_heard(label: Labelled, parsed: Parsed) -> bool:
    """It got its answer, or a question back with a button for it: the three nearest topics are offered then."""
    return answers_right(label, parsed) or (parsed.topic is None and _is_right(label, parsed.ranking[:3]))


def _is_right(label: Labelled, topics: Iterable[str]) -> bool:
    right = {counts_as(topic) for topic in label.topics}
    return any(counts_as(topic) in right for topic in topics)


def _out_of_scope(pairs: Sequence[tuple[Labelled, Parsed]]) -> dict[str, float | None]:
    declined = [(label, p.topic is None or counts_as(p.topic) == OUT_OF_SCOPE) for label, p in pairs]
    recall = _share(was_declined for label, was_declined in declined if not label.ours)
    return {
        "precision": _share(not label.ours for label, was_declined in declined if was_declined),
        "recall": recall,
        "answered": None if recall is None else round(1 - recall, 4),
    }


def _grouped(pairs: Sequence[tuple[Labelled, Parsed]], key: Callable[[Labelled], str]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[tuple[Labelled, Parsed]]] = defaultdict(list)
    for label, parsed in pairs:
        groups[key(label)].append((label, parsed))
    return {name: _shares(group) for name, group in sorted(groups.items())}


def _calibration(pairs: Sequence[tuple[Labelled, Parsed]]) -> list[dict[str, Any]]:
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for label, parsed in pairs:
        tenths[min(int(parsed.confidence * 10), 9)].append((parsed.confidence, _is_right(label, parsed.ranking[:1])))
    return [
        {
            "from": tenth / 10,
            "messages": len(found),
            "confidence": round(sum(sure for sure, _ in found) / len(found), 4),
            "right": _share(right for _, right in found),
        }
        for tenth, found in sorted(tenths.items())
    ]


def _confused(pairs: Sequence[tuple[Labelled, Parsed]]) -> list[dict[str, Any]]:
    """Which topic was taken for which, most often first."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for label, parsed in pairs:
        if parsed.ranking and not _is_right(label, parsed.ranking[:1]):
            counts[label.topics[0], parsed.ranking[0]] += 1
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"meant": meant, "taken_for": taken, "times": times} for (meant, taken), times in often[:40]]


def _share(hits: Iterable[bool]) -> float | None:
    values = list(hits)
    return round(sum(values) / len(values), 4) if values else None
