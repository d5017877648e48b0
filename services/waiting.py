"""Somebody waits for a person: is told when that can be, and told again when it takes longer."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from db.models import CallbackRequest, CallbackState, Conversation, ConversationState, Municipality
from services.calendar import clock_time, day_and_time
from services.callbacks import open_callback, promise
from services.municipalities import list_municipalities
from services.office_hours import closing_today, hours_known, open_now
from services.phrases import Phrases
from services.states import Deed, move
from services.transcript import add_words
from services.words import Words

TOLD_AFTER = timedelta(minutes=10)
AT_ONCE = 200
"""Conversations a tick; the next tick takes the rest."""


def ask_person(session: Session, conversation: Conversation, now: datetime, to_be_called: bool = False) -> None:
    """The resident waits from now on, and reads when somebody can answer. Once a wait, one promise is made."""
    town = session.get_one(Municipality, conversation.municipality_id)
    if conversation.state is ConversationState.BOT:
        move(conversation, Deed.ASK, now)
        conversation.waiting_since = now
    phrases = Phrases(session, town, conversation.language)
    closes = closing_today(town, now)
    if closes is not None and not to_be_called:
        add_words(session, conversation, Words(phrases.say("human_asked", tijd=clock_time(closes))), now)
        return
    key = "callback_ask" if to_be_called else "human_asked_later"
    _promise(session, conversation, phrases, key, now)


def tell_waiting(session: Session, now: datetime) -> list[int]:
    """What time does: who waits long is told so, who still waits when the office closes gets a promise, a promise that
    was not kept is owned up to, and what was put aside until now comes back.

    Gives the conversations in which something was said. Several workers may do this at once: each takes the
    conversations that no other one holds at that moment.
    """
    told: list[int] = []
    for town in list_municipalities(session):
        _wake_snoozed(session, town, now)
        told += _own_up(session, town, now)
        if open_now(town, now):
            told += _say_it_takes_long(session, town, now)
        elif hours_known(town):
            told += _promise_all(session, town, now)
    return told


def _promise(session: Session, conversation: Conversation, phrases: Phrases, key: str, now: datetime) -> None:
    before = open_callback(session, conversation)
    made = before or promise(session, conversation, now)
    if made is None:
        words = Words(phrases.say("human_asked_unknown"))
    else:
        known = before is not None and (key != "callback_ask" or before.sealed_phone is not None)
        when = day_and_time(made.promised_by, phrases.language)
        words = Words(phrases.say("human_asked_already" if known else key, datum=when))
    conversation.wait_told_at = now
    add_words(session, conversation, words, now)


def _say_it_takes_long(session: Session, town: Municipality, now: datetime) -> list[int]:
    long = (Conversation.waiting_since <= now - TOLD_AFTER, Conversation.wait_told_at.is_(None))
    told = _waiting(session, town, *long)
    for conversation in told:
        phrases = Phrases(session, town, conversation.language)
        conversation.wait_told_at = now
        add_words(session, conversation, Words(phrases.say("human_takes_long")), now)
    return [conversation.id for conversation in told]


def _own_up(session: Session, town: Municipality, now: datetime) -> list[int]:
    """A promise that was not kept is said to be, once, with a way to reach somebody after all."""
    broken = exists().where(
        CallbackRequest.municipality_id == town.id,
        CallbackRequest.conversation_id == Conversation.id,
        CallbackRequest.state == CallbackState.OPEN,
        CallbackRequest.promised_by <= now,
        CallbackRequest.promised_by > Conversation.wait_told_at,
    )
    told = _waiting(session, town, broken)
    for conversation in told:
        phrases = Phrases(session, town, conversation.language)
        conversation.wait_told_at = now
        add_words(session, conversation, Words(phrases.say("human_not_in_time")), now)
    return [conversation.id for conversation in told]


def _promise_all(session: Session, town: Municipality, now: datetime) -> list[int]:
    promised = exists().where(
        CallbackRequest.municipality_id == town.id,
        CallbackRequest.conversation_id == Conversation.id,
        CallbackRequest.state == CallbackState.OPEN,
    )
    told = _waiting(session, town, ~promised)
    for conversation in told:
        _promise(session, conversation, Phrases(session, town, conversation.language), "human_asked_later", now)
    return [conversation.id for conversation in told]


def _waiting(session: Session, town: Municipality, *more: ColumnElement[bool]) -> list[Conversation]:
    query = select(Conversation).where(
        Conversation.municipality_id == town.id, Conversation.state == ConversationState.WAITING, *more
    )
    return _taken(session, query)


def _wake_snoozed(session: Session, town: Municipality, now: datetime) -> None:
    query = select(Conversation).where(
        Conversation.municipality_id == town.id,
        Conversation.state == ConversationState.SNOOZED,
        Conversation.snoozed_until <= now,
    )
    for conversation in _taken(session, query):
        move(conversation, Deed.WAKE, now)


def _taken(session: Session, query: Select[Conversation]) -> list[Conversation]:
    locked = query.order_by(Conversation.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    return list(session.scalars(locked.execution_options(populate_existing=True)))
