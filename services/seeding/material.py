"""What made-up conversations are made of: the real topics, their examples and today's answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from benefits.figures import Figures
from db.models import Account, Channel, Municipality, Role, Topic
from services.answer_topic import answer_topic
from services.conversations import welcome
from services.errors import ContentError, NotAnExample
from services.municipalities import scope
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.words import Words


@dataclass(frozen=True)
class Answered:
    """A topic as residents ask for it, and what they get."""

    name: str
    text: str
    detail: dict[str, Any]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    municipality_id: int
    topics: tuple[Answered, ...]
    welcome: tuple[Words, ...]
    staff: tuple[tuple[int, str], ...]
    """Caseworkers: the number of the account, and what residents read above a reply."""
    joined: str
    closed: str
    """Who joins and who leaves, with `{naam}` in them."""
    sealed_address: str
    """Of every made-up Telegram chat: sealed, and nobody's."""


def gather(session: Session, figures: Figures, town: Municipality, sealed_address: str, on: date) -> Material:
    """Everything once, so that a hundred thousand conversations need no more queries. Raises NotAnExample."""
    if not town.example:
        raise NotAnExample(f"{town.name} is not an example: made-up conversations do not belong among real ones.")
    phrases = Phrases(session, town, DEFAULT_LANGUAGE)
    texts = phrases.all()
    return Material(
        municipality_id=town.id,
        topics=_topics(session, figures, phrases, on),
        welcome=tuple(welcome(session, town, Channel.WEB, DEFAULT_LANGUAGE)),
        staff=_caseworkers(session, town),
        joined=texts["human_joined"],
        closed=texts["human_closed"],
        sealed_address=sealed_address,
    )


def _topics(session: Session, figures: Figures, phrases: Phrases, on: date) -> tuple[Answered, ...]:
    owners = scope(session, phrases.municipality.id)
    query = select(Topic).where(Topic.municipality_id.in_(owners)).options(selectinload(Topic.examples))
    rows = session.scalars(query.order_by(Topic.name)).all()
    found = tuple(_answered(session, figures, phrases, row, on) for row in rows if row.revisions)
    if not found:
        raise ContentError("There are no topics in the database: run `trede content import` first.")
    return found


def _answered(session: Session, figures: Figures, phrases: Phrases, topic: Topic, on: date) -> Answered:
    words = answer_topic(session, figures, phrases, topic.name, on)
    examples = [example.text for example in topic.examples if example.language == DEFAULT_LANGUAGE]
    return Answered(topic.name, words.text, words.detail(), tuple(examples) or (topic.question[DEFAULT_LANGUAGE],))


def _caseworkers(session: Session, town: Municipality) -> tuple[tuple[int, str], ...]:
    accounts = session.scalars(select(Account).where(Account.municipality_id == town.id).order_by(Account.id))
    return tuple((account.id, account.shown_as) for account in accounts if account.may(Role.CASEWORKER))
