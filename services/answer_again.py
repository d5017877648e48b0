"""Who asks on about what was just answered reads the explanation behind it, not the same words again."""

import re
from datetime import date

from sqlalchemy.orm import Session

from benefits.figures import Figures
from services.answer_topic import answer_topic, explain_more
from services.follow_up import said_last
from services.phrases import Phrases
from services.words import Words

_HOW_MANY = re.compile(r"\b(?:hoe ?(?:lang|veel|vaak)|wanneer|how (?:long|many|much|often)|when)\b", re.IGNORECASE)
_HAS_FIGURE = re.compile(r"\d")


def answer_on(
    session: Session, figures: Figures, phrases: Phrases, name: str, on: date, conversation: str, line: str
) -> Words:
    """The answer of topic `name`; its explanation when that answer is what was said last, unless `line` asks for the
    figure in it. Raises UnknownTopic."""
    words = answer_topic(session, figures, phrases, name, on)
    if words.text != said_last(session, phrases.municipality.id, conversation):
        return words
    if _HOW_MANY.search(line) and _HAS_FIGURE.search(words.text):
        return words
    return explain_more(session, figures, phrases, name, on)
