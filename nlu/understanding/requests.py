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
URGENT_SURE = 0.7  # when the whole message is a little about danger too: fear of losing a benefit is about that benefit
URGENT_NEAR = 0.02
URGENT_ALONE = 0.95  # when it is not
URGENT = ("distress", "elsewhere_emergency")  # answered before anything else
SMALL_TALK = {
    *("affirm", "deny", "stop", "greet", "goodbye", "thank", "help", "frustration", "bot_challenge"),
    *("switch_language", "out_of_scope"),
}

_LEAST_WORDS = 3
_MOST_PARTS = 8  # of a very long story the end is not looked at in parts: each costs a parse
_BORDER = re.compile(r"[.?!;]+\s+|\n+|\b(?:en|and)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# "... en krijg ik dan minder" goes on about what was said before it.
_LEANS = re.compile(
    r"\b(?:dan|daar(?:door|voor|van|mee|na|over)|er(?:mee|voor|van|over)|hier(?:door|voor)|dus|toch"
    r"|then|so|therefore)\b",
    re.IGNORECASE,
)
# "Ik woon alleen, ..." and "mijn zoon is 18, ..." tell what a question is about; by themselves they ask nothing.
_TELLS = re.compile(
    r"(?:(?:en|maar|want|hallo|hoi|dag|ja|nu|so|hi|hello|but)\W+)*"
    r"(?:(?:ik|we|wij|i)\s+(?:(?:nu|al|nog|zelf|currently|now)\s+)?"
    r"(?:woon|wonen|ben|zijn|heb|hebben|had|zit|zitten|krijg|krijgen|kreeg|ontvang|leef|leven|werk|werken|was|sta|lig"
    r"|slaap|live|am|have|get|got|work|receive)"
    r"|(?:mijn|mn|me|m'n|onze|ons|my|our|er|het|de|een|the|there|it|he|she|hij|zij|ze))\b",
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
    """A message cut at ends of sentences, and at "en" and "and"; pieces of a word or two are left out."""
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
    near = max((sure for name, sure in whole.ranking if name in URGENT), default=0.0)
    least = URGENT_SURE if near >= URGENT_NEAR else URGENT_ALONE
    cries = [one.ranking[0] for _, one in asked if one.ranking[0][0] in URGENT and one.ranking[0][1] >= least]
    if not cries:
        return None
    sure = [one.ranking[0] for _, one in asked if one.ranking[0][1] >= SURE]
    others = [name for name, _ in [(whole.topic, 1.0), *sure] if name not in {*URGENT, *SMALL_TALK, FALLBACK}]
    return Requests(*cries[0], second=next(iter(others), None), urgent=True)


def _two(asked: list[Said], whole: Parse) -> Requests | None:
    if len(asked) != 2 or not _stand_apart(*asked, whole):
        return None
    (first, sure), (second, sure_too) = (one.ranking[0] for _, one in asked)
    if second in URGENT:
        return Requests(second, sure_too, second=first, urgent=True)
    return Requests(first, sure, second=second, urgent=first in URGENT)


def _stand_apart(begin: Said, end: Said, whole: Parse) -> bool:
    """Whether both parts ask something, and each of them something else."""
    before, after = begin[1].ranking, end[1].ranking
    (first, sure), (second, sure_too) = before[0], after[0]
    likeliest = [name for name, _ in whole.ranking[:NEAREST]]
    if first == second or min(sure, sure_too) < SURE or not {first, second} <= set(likeliest):
        return False
    if _LEANS.search(end[0]) or (_TELLS.match(begin[0]) and likeliest[0] != first):
        return False
    return max(dict(before).get(second, 0.0), dict(after).get(first, 0.0)) <= APART
