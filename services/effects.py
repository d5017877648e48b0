"""Deeds that belong to an answer. They are done in the transaction that writes it: never without it, never twice."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation, Municipality
from services.conversations import wipe_conversation
from services.phrases import Phrases
from services.transcript import add_words
from services.waiting import ask_person
from services.words import Words

ASK_PERSON = "ask_person"
ASK_CALL = "ask_call"
"""The same, by somebody who wants to be called."""
WIPE = "wipe"
SPEAK = "speak:"


def asking_for_person(topic: str) -> str:
    """The effect of a topic that leads to a person: whether to be written to or to be called."""
    return ASK_CALL if topic == "request_callback" else ASK_PERSON


def apply_effects(session: Session, conversation: Conversation, effects: Iterable[str], now: datetime) -> None:
    """Do them in order. An effect nobody knows is a mistake in the code, not something to pass over."""
    for effect in effects:
        if effect in (ASK_PERSON, ASK_CALL):
            ask_person(session, conversation, now, to_be_called=effect == ASK_CALL)
        elif effect == WIPE:
            _wipe(session, conversation, now)
        elif effect.startswith(SPEAK):
            conversation.language = effect.removeprefix(SPEAK)
        else:
            raise ValueError(f"unknown effect '{effect}'")


def _wipe(session: Session, conversation: Conversation, now: datetime) -> None:
    wipe_conversation(session, conversation, now)
    municipality = session.get_one(Municipality, conversation.municipality_id)
    phrases = Phrases(session, municipality, conversation.language)
    add_words(session, conversation, Words(phrases.say("delete_done")), now)
