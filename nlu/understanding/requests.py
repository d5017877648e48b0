"""Two requests in one message: which parts it has, and whether two of them ask for different things.

The limits are chosen on data (README): they find most pairs, and hardly ever see two requests where there is one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from understanding.model import FALLBACK, Parse

SURE = 0.45  # how sure each part has to be of its topic
APART = 0.02  # how likely the topic of one part may be in the other: above that they are two halves of one question
NEAREST = 3  # the whole message has to point at both topics, among this many
URGENT_SURE = 0.5
URGENT = ("distress", "elsewhere_emergency")  # answered before anything else
SMALL_TALK = {
    *("affirm", "deny", "stop", "greet", "goodbye", "thank", "help", "frustration", "bot_challenge"),
    *("switch_language", "out_of_scope"),
}

_LEAST_WORDS = 3
_MOST_PARTS = 8  # of a very long story the end is not looked at in parts: each costs a parse
_BORDER = re.compile(r"[.?!;]+\s+|\n+|\b(?:en|ook|verder|and|also)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# "... en krijg ik dan minder" goes on about what was said before it.
_LEANS = re.compile(
    r"\b(?:dan|daar(?:door|voor|van|mee|na|over)|er(?:mee|voor|van|over)|hier(?:door|voor)|dus|toch|then|so|therefore)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Requests:
    """What to answer, and what to offer after it; `urgent` when somebody may be in danger, whatever else was said."""

    topic: str
    confidence: float
    second: str | None
    urgent: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {"topic": self.topic, "confidence": self.confidence, "second": self.second, "urgent": self.urgent}


Said = tuple[str, Parse]


def parts(text: str) -> list[str]:
    """A message cut at ends of sentences, at "en", "ook", "and" and the like; pieces of a word or two are left out."""
    cut = (part.strip(" ,.-") for part in _BORDER.split(text))
    return [part for part in cut if len(_WORD.findall(part)) >= _LEAST_WORDS][:_MOST_PARTS]


def find(text: str, whole: Parse, parse: Callable[[str], Parse]) -> Requests | None:
    """None when the message is one request: then it means what it means as a whole."""
    found = parts(text)
    if len(found) < 2:
        return None
    said = [(part, parse(part)) for part in found]
    asked = [(part, one) for part, one in said if one.ranking[0][0] not in SMALL_TALK]
    return _urgent(asked, whole) or _two(asked, whole)


def _urgent(asked: list[Said], whole: Parse) -> Requests | None:
    """Somebody in danger, in any part: that comes first, and the rest is offered."""
    if whole.topic in URGENT:
        return None
    cries = [one.ranking[0] for _, one in asked if one.ranking[0][0] in URGENT and one.ranking[0][1] >= URGENT_SURE]
    if not cries:
        return None
    sure = [one.ranking[0] for _, one in asked if one.ranking[0][1] >= SURE]
    others = [name for name, _ in [(whole.topic, 1.0), *sure] if name not in {*URGENT, *SMALL_TALK, FALLBACK}]
    return Requests(*cries[0], second=next(iter(others), None), urgent=True)


def _two(asked: list[Said], whole: Parse) -> Requests | None:
    if len(asked) != 2:
        return None
    (_, before), (words, after) = asked
    (first, sure), (second, sure_too) = before.ranking[0], after.ranking[0]
    if first == second or min(sure, sure_too) < SURE or _LEANS.search(words):
        return None
    if max(dict(before.ranking).get(second, 0.0), dict(after.ranking).get(first, 0.0)) > APART:
        return None
    if not {first, second} <= {name for name, _ in whole.ranking[:NEAREST]}:
        return None
    if second in URGENT:
        return Requests(second, sure_too, second=first, urgent=True)
    return Requests(first, sure, second=second, urgent=first in URGENT)
