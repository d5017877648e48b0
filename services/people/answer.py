"""What the assistant says about linking: of a code that was typed, and of the link that there is or is not."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import Conversation
from services.answer_topic import human_button
from services.brake import TooManyTries
from services.calendar import clock_time
from services.errors import CodeUnknown
from services.keys import Keys
from services.people.link import use_code
from services.people.person import person_of
from services.phrases import Phrases
from services.words import Button, Words

TOPIC = "link_case"
LINK = "link"
"""The name of our effect; see services/people/effect.py."""
UNDO, UNDO_NOW, KEEP = "undo", "undo_now", "keep"
SAYS_UNDO = re.compile(
    r"ontkoppel|losmak|loskoppel|opheff|verbre+k|ongedaan|\bunlink|\bdisconnect|\bundo\b", re.IGNORECASE
)
SAYS_LOST = re.compile(
    r"kwijt|verlo+pen|verlop|verlor|ni(?:e|eu)we?\b|an(?:der|dere)\b|weggegooid|onleesbaar|\boud|\blost\b|expired|\bnew\b"
    r"|another|hoe kom ik aan|how do i get",
    re.IGNORECASE,
)


def answer_code(
    session: Session, keys: Keys, phrases: Phrases, conversation: Conversation, typed: str, now: datetime
) -> Words:
    """Try the code, and say what came of it; why it does not work is never said. The tries are counted."""
    try:
        use_code(session, keys, conversation, typed, now)
    except CodeUnknown:
        return Words(phrases.say("link_wrong_code"), topic=TOPIC, buttons=(human_button(phrases),))
    except TooManyTries as wait:
        told = phrases.say("link_too_many", tijd=clock_time(wait.until))
        return Words(told, topic=TOPIC, buttons=(human_button(phrases),))
    return Words(phrases.say("link_made"), topic=TOPIC, buttons=(*_ways_on(phrases), _undo_button(phrases)))


def answer_link(session: Session, phrases: Phrases, conversation: Conversation | None, text: str, kind: str) -> Words:
    """Ask for the code; or tell that there is a link, and how to undo it. `kind`: what a button brought."""
    linked = conversation is not None and person_of(session, conversation) is not None
    if not linked:
        key = "link_none" if kind or SAYS_UNDO.search(text) else "link_lost" if SAYS_LOST.search(text) else "link_ask"
        return Words(phrases.say(key), topic=TOPIC, buttons=(human_button(phrases),))
    if kind == UNDO_NOW:
        effects: tuple[dict[str, Any], ...] = ({"effect": LINK, "deed": "undo"},)
        return Words(phrases.say("link_undone"), topic=TOPIC, buttons=(human_button(phrases),), effects=effects)
    if kind == UNDO or (not kind and SAYS_UNDO.search(text)):
        sure = Button(phrases.say("button_undo_link"), _payload(UNDO_NOW))
        keep = Button(phrases.say("button_keep_link"), _payload(KEEP))
        return Words(phrases.say("link_undo_ask"), topic=TOPIC, buttons=(sure, keep))
    key = "link_kept" if kind == KEEP else "link_there"
    return Words(phrases.say(key), topic=TOPIC, buttons=(*_ways_on(phrases), _undo_button(phrases)))


def _ways_on(phrases: Phrases) -> tuple[Button, ...]:
    return (
        Button(phrases.say("button_my_appointments"), "/show_conversations"),
        Button(phrases.say("button_agreed"), "/my_agreements"),
    )


def _undo_button(phrases: Phrases) -> Button:
    return Button(phrases.say("button_undo_link"), _payload(UNDO))


def _payload(kind: str) -> str:
    return f'/{TOPIC}{{"kind": "{kind}"}}'
