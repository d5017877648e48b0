"""Answer a button while the understanding is away: what a button means is known without it."""

import json
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import TopicKind
from services.answer_topic import MORE, answer_topic, explain_more, find_topic
from services.effects import asking_for_person
from services.errors import UnknownTopic
from services.phrases import Phrases
from services.training_material import ACTIONS, ASKS_PERSON
from services.words import Words


def answer_button(session: Session, figures: Figures, phrases: Phrases, payload: str, on: date) -> Words | None:
    """A question, the explanation behind it, or a person. None for what is part of a form: that needs Rasa."""
    name, values = _read(payload)
    try:
        if name == MORE:
            return explain_more(session, figures, phrases, str(values.get("topic")), on)
        topic = find_topic(session, phrases.municipality.id, name)
    except UnknownTopic:
        return None
    if ACTIONS.get(name) == ASKS_PERSON:
        return replace(answer_topic(session, figures, phrases, name, on), effects=(asking_for_person(name),))
    return answer_topic(session, figures, phrases, name, on) if topic.kind is TopicKind.FAQ else None


def _read(payload: str) -> tuple[str, dict[str, object]]:
    """`/car` and `/more_explanation{"topic": "car"}`"""
    name, brace, values = payload.removeprefix("/").partition("{")
    return name, json.loads(brace + values) if brace else {}
