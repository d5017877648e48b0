"""The answer to one line in the language of that line, while the conversation keeps its own until somebody chooses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from benefits.figures import Figures
from services.answer_periods import in_force
from services.answer_topic import answer_with, find_topic
from services.language.ask import BUTTONS
from services.phrases import Phrases
from services.words import Words


def told_in(
    session: Session, figures: Figures, phrases: Phrases, words: Sequence[Words], language: str, on: date
) -> list[Words]:
    """`words`, with each answer that is there in `language` in that. A form goes on in its own language, or half of it
    would be in another."""
    if language not in BUTTONS:
        return list(words)
    there = Phrases(session, phrases.municipality, language)
    return [_told(session, figures, phrases, there, said, on) for said in words]


def _told(session: Session, figures: Figures, here: Phrases, there: Phrases, said: Words, on: date) -> Words:
    if not said.to_judge or not said.topic:
        return said
    topic = find_topic(session, here.municipality.id, said.topic)
    revision = in_force(topic.revisions, on)
    if revision is None or there.language not in revision.texts:
        return said
    # Its explanation, for one, is no answer.
    if said.text != answer_with(session, figures, here, topic, revision, on).text:
        return said
    answer = answer_with(session, figures, there, topic, revision, on)
    return replace(answer, language=there.language, effects=said.effects)
