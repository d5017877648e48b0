"""Somebody asks two things in one line: the first is answered, the second is offered with it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from services.answer_topic import HUMAN, MOST_BUTTONS, topic_buttons
from services.phrases import Phrases
from services.words import Button, Words

URGENT = ("distress", "elsewhere_emergency")
"""Of somebody in danger nothing else is asked; the other thing waits at the end of the buttons."""


def offer_second(
    session: Session, phrases: Phrases, said: Words | Sequence[Words], second: str, asking: bool
) -> Sequence[Words]:
    """The same words with a button for `second`: in front and with a sentence, unless the words ask something or help
    somebody in danger. Then it stands behind what they need. A topic that is not there is not offered."""
    *before, last = [said] if isinstance(said, Words) else said
    button = next(iter(topic_buttons(session, phrases, [second])), None)
    if button is None or last.topic == second:
        return [*before, last]
    if asking or last.topic in URGENT:
        return [*before, replace(last, buttons=(*_without(button, last.buttons), button))]
    text = f"{last.text}\n\n{phrases.say('also_asked', wat=button.label)}"
    return [*before, replace(last, text=text, buttons=_in_front(button, last.buttons))]


def _in_front(button: Button, buttons: Sequence[Button]) -> tuple[Button, ...]:
    """No more buttons than usual: the least likely follow-up makes room, never the person."""
    others = _without(button, buttons)
    topics = [one for one in others if one.payload != f"/{HUMAN}"]
    person = [one for one in others if one.payload == f"/{HUMAN}"]
    return (button, *topics[: MOST_BUTTONS - 1 - len(person)], *person)


def _without(button: Button, buttons: Sequence[Button]) -> list[Button]:
    return [one for one in buttons if one.payload != button.payload]
