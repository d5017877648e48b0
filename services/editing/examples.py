"""Add, move and remove the lines by which topics are recognised. They count from the next training on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.models import Account, Example, Municipality, Topic
from db.models.municipality import LIBRARY
from services.content.check import same_line
from services.content.forms import MOST_CHARACTERS
from services.editing.errors import LibraryOnly
from services.editing.near import Near, Neighbours
from services.editing.topics import is_library, national_topic
from services.errors import UnknownTopic
from services.judgement import LEAST_EXAMPLES
from services.masking import mask
from services.municipalities import library
from services.tidy import has_words, tidy

FEW = LEAST_EXAMPLES
"""Below this a topic is recognised by chance, and a model of it does not go live."""


class Refusal(StrEnum):
    PERSONAL = "personal"
    THERE = "there"
    """It stands in this topic already."""
    ELSEWHERE = "elsewhere"
    """It stands in another topic: move it."""
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Refused:
    text: str
    why: Refusal
    topic: str | None = None


@dataclass(frozen=True)
class Doubted:
    """Not added until it is confirmed: it looks like one that is there."""

    text: str
    near: Near


@dataclass(frozen=True)
class Added:
    texts: tuple[str, ...]
    refused: tuple[Refused, ...]
    doubted: tuple[Doubted, ...]


def add_examples(
    session: Session, account: Account, name: str, language: str, lines: Iterable[str], confirmed: bool = False
) -> Added:
    """Each line that nothing is wrong with; the others come back with the reason. `confirmed`: near ones too.

    Raises UnknownTopic, LibraryOnly.
    """
    topic = _lock(session, account, name)
    there = _lines_there(session, language)
    neighbours = Neighbours(session, language)
    texts, refused, doubted = list[str](), list[Refused](), list[Doubted]()
    for text in (tidied for line in lines if (tidied := " ".join(tidy(line).split()))):
        why = _refusal(text, topic.name, there)
        near = None if why or confirmed else neighbours.nearest(text)
        if why:
            refused.append(why)
        elif near:
            doubted.append(Doubted(text, near))
        else:
            texts.append(text)
            there[same_line(text)] = topic.name
    owner = topic.municipality_id
    session.add_all(Example(municipality_id=owner, topic_id=topic.id, language=language, text=text) for text in texts)
    session.flush()
    return Added(tuple(texts), tuple(refused), tuple(doubted))


def move_examples(session: Session, account: Account, name: str, ids: Sequence[int], to: str) -> list[str]:
    """The lines that moved. One that a colleague moved or removed meanwhile stays where it is.

    Raises UnknownTopic, LibraryOnly.
    """
    source, target = _lock(session, account, name), _topic(session, to)
    texts = _texts(session, source, ids)
    chosen = (Example.topic_id == source.id, Example.id.in_(ids))
    session.execute(update(Example).where(*chosen).values(topic_id=target.id))
    return texts


def remove_examples(session: Session, account: Account, name: str, ids: Sequence[int]) -> list[str]:
    """The lines that went: added again, nothing is lost. Raises UnknownTopic, LibraryOnly."""
    source = _lock(session, account, name)
    texts = _texts(session, source, ids)
    session.execute(delete(Example).where(Example.topic_id == source.id, Example.id.in_(ids)))
    return texts


def examples_of(session: Session, name: str, language: str, search: str = "") -> Sequence[Example]:
    """Oldest first; with `search` those in which it occurs."""
    query = select(Example).join(Topic).where(Topic.municipality_id == library(session).id, Topic.name == name)
    query = query.where(Example.language == language).order_by(Example.id)
    return session.scalars(query.where(Example.text.icontains(search, autoescape=True)) if search else query).all()


def number_of_examples(session: Session, name: str) -> dict[str, int]:
    """By language; a language without any is not there."""
    query = (
        select(Example.language, func.count())
        .join(Topic)
        .where(Topic.municipality_id == library(session).id, Topic.name == name)
        .group_by(Example.language)
    )
    return dict(session.execute(query).all())


def _lock(session: Session, account: Account, name: str) -> Topic:
    """Examples change one editor at a time: what stands in which topic is looked up before it is written."""
    if not is_library(session, account):
        raise LibraryOnly
    session.execute(select(Municipality.id).where(Municipality.slug == LIBRARY).with_for_update())
    return _topic(session, name)


def _topic(session: Session, name: str) -> Topic:
    found = national_topic(session, name)
    if found is None:
        raise UnknownTopic(f"There is no topic '{name}'.")
    return found


def _lines_there(session: Session, language: str) -> dict[str, str]:
    owner = library(session).id
    query = select(Example.text, Topic.name).join(Topic).where(Topic.municipality_id == owner)
    return {same_line(text): topic for text, topic in session.execute(query.where(Example.language == language))}


def _refusal(text: str, topic: str, there: dict[str, str]) -> Refused | None:
    if mask(text).kinds:
        return Refused(text, Refusal.PERSONAL)
    if not has_words(text):
        return Refused(text, Refusal.NO_WORDS)
    if len(text) > MOST_CHARACTERS:
        return Refused(text, Refusal.TOO_LONG)
    if found := there.get(same_line(text)):
        return Refused(text, Refusal.THERE if found == topic else Refusal.ELSEWHERE, found)
    return None


def _texts(session: Session, topic: Topic, ids: Sequence[int]) -> list[str]:
    query = select(Example.text).where(Example.topic_id == topic.id, Example.id.in_(ids)).order_by(Example.id)
    return list(session.scalars(query))
