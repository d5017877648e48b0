"""The topics that look most like a line, by plain text: for when the understanding is away."""

import math
import re
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.models import Topic, TopicKind
from services.municipalities import scope


def nearest_topics(session: Session, municipality_id: int, line: str, number: int = 3) -> list[str]:
    """Names of at most `number` answerable topics, nearest first; none when nothing is shared.

    Rare words weigh more (inverse document frequency); a topic is as near as its best question or example.
    """
    query = (
        select(Topic)
        .where(Topic.municipality_id.in_(scope(session, municipality_id)), Topic.kind == TopicKind.FAQ)
        .where(Topic.set_aside_at.is_(None))
        .options(selectinload(Topic.examples))
    )
    topics = {topic.name: [pieces(text) for text in _texts(topic)] for topic in session.scalars(query)}
    frequency = Counter(piece for texts in topics.values() for piece in set().union(*texts))
    weight = {piece: math.log(1 + len(topics) / count) for piece, count in frequency.items()}
    asked = pieces(line)
    scores = {name: max(_likeness(asked, text, weight) for text in texts) for name, texts in topics.items()}
    best = sorted((name for name in scores if scores[name] > 0), key=lambda name: -scores[name])
    return best[:number]


def pieces(text: str) -> set[str]:
    """Words of three letters and more, and their beginnings: `spaargeld` also finds `sparen`."""
    found = {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}
    return found | {word[:4] + "-" for word in found if len(word) > 4}


def _texts(topic: Topic) -> Iterable[str]:
    yield from topic.question.values()
    yield from (example.text for example in topic.examples)


def _likeness(asked: set[str], text: set[str], weight: dict[str, float]) -> float:
    """Share of the weight that both have (Jaccard)."""
    shared = sum(weight.get(piece, 0.0) for piece in asked & text)
    both = sum(weight.get(piece, 1.0) for piece in asked | text)
    return shared / both if both else 0.0
