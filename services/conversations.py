"""Open, find again, and wipe a conversation."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import (
    Appointment,
    Channel,
    ChecklistItem,
    ContactPoint,
    Conversation,
    ConversationState,
    Message,
    MessageStatus,
    Municipality,
    SearchEffort,
)
from db.models.conversation import WITH_PERSON
from services.answer_topic import topic_buttons
from services.keys import Keys
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.transcript import add_words
from services.words import Words

RESUMES_FOR = timedelta(hours=24)
WAITS_FOR = timedelta(days=8)
"""Who waits for a person or talks with one finds the conversation back for so long: a promise made before Easter is
kept after it."""
NOT_ALONE = (ConversationState.WAITING, *WITH_PERSON)
STARTERS = ("wealth_limit", "work_income_effect", "what_to_report", "holiday_abroad")


@dataclass(frozen=True)
class Address:
    """Where a resident is: a web session or a chat, within one municipality."""

    municipality: Municipality
    channel: Channel
    value: str

    def lookup(self, keys: Keys) -> str:
        return keys.lookup(self.channel, self.municipality.slug, self.value)


def find_conversation(session: Session, keys: Keys, address: Address, now: datetime) -> Conversation | None:
    """The conversation that this address sees: not silent for longer than 24 hours, or than WAITS_FOR when a person is
    in it or asked for, or as long as it is needed. One that a colleague closed can be read until the next line begins a
    new one.
    """
    contact = find_contact_point(session, keys, address)
    return None if contact is None else session.scalars(_IN_SIGHT, _seen_by(contact, now)).first()


def open_conversation(session: Session, keys: Keys, address: Address, now: datetime) -> Conversation:
    """The conversation to go on with, or a new one that begins by saying that this is a chatbot (AI Act, art. 50).

    The contact point stays locked until the transaction ends: two first lines at once make one conversation. So does
    the conversation: who takes it over, gives it back or closes it at this moment does so wholly before or after.
    """
    contact = _lock_contact_point(session, keys, address, now)
    found = session.scalars(_IN_SIGHT_LOCKED, _seen_by(contact, now)).first()
    if found is not None and found.state is not ConversationState.CLOSED:
        return found
    contact.unreachable_since = None
    conversation = begin_conversation(session, contact, now)
    if found is not None:
        _take_along(session, found, conversation)
    say_welcome(session, address.municipality, conversation, now)
    return conversation


def begin_conversation(
    session: Session, contact: ContactPoint, now: datetime, language: str = DEFAULT_LANGUAGE
) -> Conversation:
    """A new conversation, in which nothing was said yet."""
    conversation = Conversation(
        municipality_id=contact.municipality_id,
        public_id=secrets.token_hex(16),
        contact_point_id=contact.id,
        channel=contact.channel,
        state=ConversationState.BOT,
        language=language,
        started_at=now,
        last_line_at=now,
        changed_at=now,
        last_seq=0,
    )
    session.add(conversation)
    session.flush()
    return conversation


def say_welcome(session: Session, town: Municipality, conversation: Conversation, now: datetime) -> None:
    for words in welcome(session, town, conversation.channel, conversation.language):
        add_words(session, conversation, words, now)


def welcome(session: Session, municipality: Municipality, channel: Channel, language: str) -> list[Words]:
    """The first words of every conversation: first of all that this is a chatbot. The buttons hang on the last."""
    phrases = Phrases(session, municipality, language)
    keys = ["welcome"]
    if municipality.example:
        keys.append("welcome_example")
    if channel is Channel.TELEGRAM:
        keys.append("telegram_warning")
    texts = [phrases.say(key) for key in (*keys, "welcome_question")]
    buttons = tuple(topic_buttons(session, phrases, STARTERS))
    return [*(Words(text) for text in texts[:-1]), Words(texts[-1], buttons=buttons)]


def _take_along(session: Session, before: Conversation, conversation: Conversation) -> None:
    """What the resident still has to do goes along into the new conversation, with the reminders of it."""
    of_before = {"town": before.municipality_id, "before": before.id, "after": conversation.id}
    session.execute(_MOVE_LIST, of_before)
    session.execute(_MOVE_PLANNED, of_before)
    for statement in _MOVE_OWN:
        session.execute(statement, of_before)
    conversation.needed_until, before.needed_until = before.needed_until, None


def find_contact_point(session: Session, keys: Keys, address: Address) -> ContactPoint | None:
    return session.scalar(_CONTACT, _at(keys, address))


# Written down once: every line goes through these, and building them takes longer than running them.
_CONTACT = select(ContactPoint).where(
    ContactPoint.municipality_id == bindparam("municipality"),
    ContactPoint.channel == bindparam("channel"),
    ContactPoint.lookup == bindparam("lookup"),
)
_CONTACT_LOCKED = _CONTACT.with_for_update(key_share=True)
_IN_SIGHT = (
    select(Conversation)
    .where(
        Conversation.municipality_id == bindparam("municipality"),
        Conversation.contact_point_id == bindparam("contact"),
        or_(
            Conversation.changed_at > bindparam("lately"),
            and_(Conversation.state.in_(NOT_ALONE), Conversation.changed_at > bindparam("waits")),
            Conversation.needed_until > bindparam("now"),
        ),
    )
    .order_by(Conversation.id.desc())
    .limit(1)
)
_MOVE_LIST = (
    update(ChecklistItem)
    .where(ChecklistItem.municipality_id == bindparam("town"), ChecklistItem.conversation_id == bindparam("before"))
    .values(conversation_id=bindparam("after"))
    .execution_options(synchronize_session=False)
)
_MOVE_PLANNED = (
    update(Message)
    .where(
        Message.municipality_id == bindparam("town"),
        Message.conversation_id == bindparam("before"),
        Message.status == MessageStatus.PLANNED,
    )
    .values(conversation_id=bindparam("after"))
    .execution_options(synchronize_session=False)
)
_MOVE_OWN = tuple(
    update(record)
    .where(
        record.municipality_id == bindparam("town"),
        record.conversation_id == bindparam("before"),
        record.person_id.is_(None),
    )
    .values(conversation_id=bindparam("after"))
    .execution_options(synchronize_session=False)
    for record in (Appointment, SearchEffort)
)
"""Of a chat that is not linked: who made an appointment or told what he did finds it back."""
_IN_SIGHT_LOCKED = _IN_SIGHT.with_for_update().execution_options(populate_existing=True)


def _at(keys: Keys, address: Address) -> dict[str, Any]:
    return {"municipality": address.municipality.id, "channel": address.channel, "lookup": address.lookup(keys)}


def _seen_by(contact: ContactPoint, now: datetime) -> dict[str, Any]:
    since = {"lately": now - RESUMES_FOR, "waits": now - WAITS_FOR, "now": now}
    return since | {"municipality": contact.municipality_id, "contact": contact.id}


def _lock_contact_point(session: Session, keys: Keys, address: Address, now: datetime) -> ContactPoint:
    found = session.scalar(_CONTACT_LOCKED, _at(keys, address))
    if found is not None:
        return found
    # Another process may be just before us; then its row is the one.
    with suppress(IntegrityError), session.begin_nested():
        session.add(_new_contact_point(keys, address, now))
    return session.scalars(_CONTACT_LOCKED, _at(keys, address)).one()


def _new_contact_point(keys: Keys, address: Address, now: datetime) -> ContactPoint:
    return ContactPoint(
        municipality_id=address.municipality.id,
        channel=address.channel,
        lookup=address.lookup(keys),
        sealed_address=keys.seal(address.value) if address.channel.pushes else None,
        created_at=now,
    )
