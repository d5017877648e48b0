"""Who asks on about what was just answered reads the explanation behind it, not the same words again."""

from datetime import date

from sqlalchemy.orm import Session

from benefits.figures import Figures
from services.answer_topic import answer_topic, explain_more
from services.follow_up import said_last
from services.phrases import Phrases
from services.words import Words


def answer_on(session: Session, figures: Figures, phrases: Phrases, name: str, on: date, conversation: str) -> Words:
    """The answer of topic `name`; its explanation when that answer is what was said last. Raises UnknownTopic."""
    words = answer_topic(session, figures, phrases, name, on)
    if words.text != said_last(session, phrases.municipality.id, conversation):
        return words
    return explain_more(session, figures, phrases, name, on)
