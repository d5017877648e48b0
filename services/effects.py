"""Deeds that belong to an answer. They are done in the transaction that writes it: never without it, never twice."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from benefits.income.law import IncomeLaw
from db.models import Conversation, Municipality
from services.agreements_told import AGREEMENT, change_agreement
from services.booking_talk.effect import carry_out
from services.booking_talk.state import BOOKING
from services.checklist.answer import CHECKLIST
from services.checklist.effect import change_list
from services.effort.answer import EFFORT
from services.effort.effect import change_efforts
from services.income_talk.deeds import SHOWN, TOLD, show_outcome, take_answer
from services.people.answer import LINK
from services.people.effect import change_link
from services.people.person import person_of
from services.phrases import Phrases
from services.reminding.answer import WANTED
from services.reminding.effect import change_reminders
from services.transcript import add_words
from services.waiting import ask_person
from services.wiping import staying_reminders, wipe_conversation
from services.words import Effect, Words

ASK_PERSON = "ask_person"
ASK_CALL = "ask_call"
"""The same, by somebody who wants to be called."""
WIPE = "wipe"
SPEAK = "speak:"
CHANGES: dict[str, Callable[[Session, Conversation, dict[str, Any], datetime], None]] = {
    BOOKING: carry_out,
    AGREEMENT: change_agreement,
    CHECKLIST: change_list,
    EFFORT: change_efforts,
    LINK: change_link,
    WANTED: change_reminders,
    TOLD: take_answer,
}
"""Effects that bring what they need to know, each with what it does."""


def asking_for_person(topic: str) -> str:
    """The effect of a topic that leads to a person: whether to be written to or to be called."""
    return ASK_CALL if topic == "request_callback" else ASK_PERSON


def apply_effects(
    session: Session, conversation: Conversation, effects: Iterable[Effect], now: datetime, law: IncomeLaw | None = None
) -> None:
    """Do them in order. An effect nobody knows is a mistake in the code, not something to pass over."""
    for effect in effects:
        if isinstance(effect, dict):
            _apply_told(session, conversation, effect, now, law)
        elif effect in (ASK_PERSON, ASK_CALL):
            ask_person(session, conversation, now, to_be_called=effect == ASK_CALL)
        elif effect == WIPE:
            _wipe(session, conversation, now)
        elif effect.startswith(SPEAK):
            conversation.language = effect.removeprefix(SPEAK)
        else:
            raise ValueError(f"unknown effect '{effect}'")


def _apply_told(
    session: Session, conversation: Conversation, effect: dict[str, Any], now: datetime, law: IncomeLaw | None
) -> None:
    """Those that bring what they need to know. `law`: who asks for an outcome to be kept has to bring it."""
    name = effect["effect"]
    if name == SHOWN and law is not None:
        show_outcome(session, conversation, effect, law, now)
    elif name in CHANGES:
        CHANGES[name](session, conversation, effect, now)
    else:
        raise ValueError(f"unknown effect '{name}'")


def _wipe(session: Session, conversation: Conversation, now: datetime) -> None:
    """And say honestly what stays: what is agreed with the municipality is not the chat's alone."""
    wipe_conversation(session, conversation, now)
    municipality = session.get_one(Municipality, conversation.municipality_id)
    phrases = Phrases(session, municipality, conversation.language)
    if person_of(session, conversation) is not None:
        text = phrases.say("delete_done_linked")
    elif staying_reminders(session, conversation):
        text = f"{phrases.say('delete_done')} {phrases.say('delete_done_appointment')}"
    else:
        text = phrases.say("delete_done")
    add_words(session, conversation, Words(text), now)
