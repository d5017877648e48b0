"""Three messages with known topics: a server that gets them wrong has not loaded what was trained."""

from __future__ import annotations

from project.build import one_line
from project.material import Material
from understanding.model import Understanding

HOW_MANY = 3


def choose(understanding: Understanding, material: Material) -> list[dict[str, str]]:
    """The surest examples of different topics, as {"text", "topic"}. Fewer than three if no more are sure."""
    firsts = [(topic.id, [one_line(text) for text in topic.examples[:5]]) for topic in material.topics]
    sure = [(*_surest(understanding, id_, texts), id_) for id_, texts in firsts]
    best = sorted(sure, key=lambda one: (-one[0], one[2]))[:HOW_MANY]
    return [{"text": text, "topic": id_} for confidence, text, id_ in best if confidence > 0]


def _surest(understanding: Understanding, id_: str, texts: list[str]) -> tuple[float, str]:
    right = [
        (parse.confidence, text) for text, parse in zip(texts, understanding.parse_all(texts)) if parse.topic == id_
    ]
    return max(right, default=(0.0, ""))
