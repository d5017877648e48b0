"""Short lines that lean on the answer before them: "en als ik samenwoon?", "what if I live with someone?".

Such a line is understood once more, with the topics that people ask after that answer counting as likelier. The limits
are chosen on pairs of an answer and a line (tests/nlu/leaning.csv) and stand in docs/understanding.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, Topic
from services.answer_topic import ANSWERS
from services.income_talk.numbers import plain
from services.municipalities import OWNERS
from services.not_understood import OFFERABLE_TASKS

MOST_WORDS = 9
"""A longer line tells enough by itself."""
LIKELIER = 8
"""So many times likelier is a topic that is related to what was just answered."""
SURE = 0.4
"""Less sure than this a related topic is offered, not answered."""
SMALL_TALK = ("thank", "greet", "affirm", "deny", "help", "frustration")
"""After these, and after a line that was not understood, the talk is still about what was said before them."""

_WORD = re.compile(r"\w+")
_BEGINS = re.compile(
    r"^(?:en|maar|dus|of|als|stel|wat als|wat met|hoe zit het|and|but|so|or|if|what if|what about|how about)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:dan|dat?|dit|die|ook|daar\w*|er(?:mee|voor|van|over|tegen|bij)|hier(?:voor|mee|van|over)"
    r"|that|then|it|this|those|too)\b"
)
_LAST_TOPIC = (
    select(Message.topic)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.public_id == bindparam("conversation"), Conversation.municipality_id == bindparam("town"))
    .where(Message.municipality_id == bindparam("town"), Message.kind == MessageKind.ANSWER)
    .where(Message.topic.is_not(None), Message.topic.not_in(SMALL_TALK))
    .order_by(Message.seq.desc())
    .limit(1)
)
_TOPICS = select(Topic.name, Topic.follow_up, Topic.kind).where(
    Topic.municipality_id.in_(OWNERS), Topic.set_aside_at.is_(None)
)


@dataclass(frozen=True)
class Leaning:
    """`topic`: what to answer, if that has become clear; `nearest`: all it may be about, likeliest first."""

    topic: str | None
    nearest: tuple[str, ...]


def lean_on_answer(
    session: Session, municipality_id: int, conversation: str, text: str, likely: Mapping[str, float]
) -> Leaning | None:
    """What a line means after the answer before it. None when it stands on its own, or nothing was answered yet."""
    if not leans_back(text):
        return None
    previous = session.scalar(_LAST_TOPIC, {"conversation": conversation, "town": municipality_id})
    if previous is None:
        return None
    rows = session.execute(_TOPICS, {"town": municipality_id}).all()
    answerable = {name for name, _, kind in rows if kind in ANSWERS}
    follow_up = {name: after for name, after, _ in rows if name in answerable or name in OFFERABLE_TASKS}
    return understand_again(likely, related(previous, follow_up), answerable)


def leans_back(line: str) -> bool:
    """It is short, and begins with "en" or "what if", or has a word that points back to what was said."""
    text = plain(line)
    few = len(_WORD.findall(text)) <= MOST_WORDS
    return few and (_BEGINS.search(text) or _POINTS_BACK.search(text)) is not None


def related(previous: str, follow_up: Mapping[str, Sequence[str]]) -> list[str]:
    """What people ask after this topic, and the topics after which they ask this one; of those in `follow_up` only:
    a greeting or a person is about nothing."""
    after = follow_up.get(previous, ())
    before = sorted(name for name, names in follow_up.items() if previous in names)
    return [name for name in dict.fromkeys([*after, *before]) if name in follow_up]


def understand_again(likely: Mapping[str, float], near: Sequence[str], answerable: set[str]) -> Leaning:
    """Weighs the topics anew. Only what the line itself brought up can become clear; the rest is worth offering."""
    unsaid = min(likely.values(), default=0.0) / 2
    shares = {**dict.fromkeys(near, unsaid), **likely}
    weighed = {name: share * (LIKELIER if name in near else 1) for name, share in shares.items()}
    nearest = sorted(weighed, key=lambda name: -weighed[name])
    whole = sum(weighed[name] for name in likely) + max(0.0, 1 - sum(likely.values()))
    best = nearest[0] if nearest else ""
    clear = best in near and best in likely and best in answerable and weighed[best] >= SURE * whole
    return Leaning(best if clear else None, tuple(nearest))
