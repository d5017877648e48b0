"""Who asks on about what was just answered reads why, or the explanation behind it; not the same words again."""

import re
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from benefits.figures import Figures
from services.answer_topic import MORE, answer_topic, explain_more, explain_why, topic_buttons
from services.follow_up import said_last
from services.leaning_lines import asks_reason_of_rule, asks_why
from services.phrases import Phrases
from services.words import Words

_HOW_MANY = re.compile(r"\b(?:hoe ?(?:lang|veel|vaak)|wanneer|how (?:long|many|much|often)|when)\b", re.IGNORECASE)
_HAS_FIGURE = re.compile(r"\d")


def answer_on(
    session: Session, figures: Figures, phrases: Phrases, name: str, on: date, conversation: str, line: str
) -> Words:
    """The answer of topic `name`. When that is what was said last: why it is so, to who asks that; the answer again,
    to who asks for the figure in it; and to all others its explanation. Raises UnknownTopic."""
    words = answer_topic(session, figures, phrases, name, on)
    last = said_last(session, phrases.municipality.id, conversation)
    if asks_why(line):
        return _why(session, figures, phrases, words, on, last, asks_reason_of_rule(line))
    if words.text != last or (_HOW_MANY.search(line) and _HAS_FIGURE.search(words.text)):
        return words
    return explain_more(session, figures, phrases, name, on)


def _why(
    session: Session, figures: Figures, phrases: Phrases, words: Words, on: date, last: str | None, met_the_rule: bool
) -> Words:
    """The reason, after the answer or its explanation, or to who has met the rule elsewhere: then the answer is its
    first button. Who asks once more reads the explanation."""
    asked = session, figures, phrases, words.topic or "", on
    why, more = explain_why(*asked), explain_more(*asked)
    if last in (words.text, more.text) and last != why.text:
        return why
    if last in (words.text, why.text):
        return more
    if not met_the_rule or why.text == more.text:
        return words
    answer = topic_buttons(session, phrases, (words.topic or "",))
    return replace(why, buttons=(*answer, *(one for one in why.buttons if not one.payload.startswith(f"/{MORE}"))))
