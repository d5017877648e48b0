"""Deeds that belong to an answer. They are done in the transaction that writes it: never without it, never twice."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation, ConversationState, Municipality
from services.conversations import wipe_conversation
from services.phrases import Phrases
from services.transcript import add_words
from services.words import Words

ASK_PERSON = "ask_person"
WIPE = "wipe"
SPEAK = "speak:"


def apply_effects(session: Session, conversation: Conversation, effects: Iterable[str], now: datetime) -> None:
    """Do them in order. An effect nobody knows is a mistake in the code, not something to pass over."""
    for effect in effects:
        if effect == ASK_PERSON:
            _ask_person(conversation, now)
        elif effect == WIPE:
            _wipe(session, conversation, now)
        elif effect.startswith(SPEAK):
            conversation.language = effect.removeprefix(SPEAK)
        else:
            raise ValueError(f"unknown effect '{effect}'")


def _ask_person(conversation: Conversation, now: datetime) -> None:
    conversation.waiting_since = conversation.waiting_since or now
    if conversation.state is ConversationState.BOT:
        conversation.state = ConversationState.WAITING


def _wipe(session: Session, conversation: Conversation, now: datetime) -> None:
    wipe_conversation(session, conversation)
    municipality = session.get_one(Municipality, conversation.municipality_id)
    phrases = Phrases(session, municipality, conversation.language)
    add_words(session, conversation, Words(phrases.say("delete_done")), now)
