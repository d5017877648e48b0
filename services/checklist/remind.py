"""Say a reminder: look again whether it is still wanted, and give it its words and its place."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import ChecklistItem, Conversation, ConversationState, Municipality
from services.calendar import day_here
from services.checklist.entries import read_entries
from services.checklist.tell import TOPIC, payload, tell_thing, way
from services.checklist.things import BY_KEY, allowances_term
from services.needed import renew_need
from services.phrases import Phrases
from services.reminders import held_reminder
from services.transcript import say_planned
from services.words import Button, Words


class Sayings:
    """The sentences of each municipality and language, read once for as many reminders as one transaction says."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[tuple[int, str], Phrases] = {}

    def of(self, conversation: Conversation) -> Phrases:
        key = conversation.municipality_id, conversation.language
        if key not in self._read:
            town = self._session.get_one(Municipality, conversation.municipality_id)
            self._read[key] = Phrases(self._session, town, conversation.language)
        return self._read[key]


def say_reminder(
    session: Session, figures: Figures, reminder_id: int, by: str, now: datetime, sayings: Sayings | None = None
) -> int | None:
    """The conversation in which it was said. None: ticked, forgotten or said meanwhile, or held by somebody else.

    A reminder is said in every state of a conversation, also while a person has it: the resident asked for it, and it
    answers nothing.
    """
    held = held_reminder(session, reminder_id, by)
    if held is None:
        return None
    conversation, planned = held
    item = session.scalar(
        select(ChecklistItem).where(
            ChecklistItem.municipality_id == conversation.municipality_id, ChecklistItem.reminder_id == planned.id
        )
    )
    if item is None or item.done_at is not None or item.key not in BY_KEY:
        session.delete(planned)
        renew_need(session, conversation, now)
        return None
    phrases = (sayings or Sayings(session)).of(conversation)
    words = _words(session, figures, conversation, phrases, item.key, day_here(now))
    say_planned(session, conversation, planned, words, now)
    renew_need(session, conversation, now)
    return conversation.id


def _words(
    session: Session, figures: Figures, conversation: Conversation, phrases: Phrases, key: str, today: date
) -> Words:
    """Everything where only the resident reads it; over a channel that others can read along, that there is something.

    The buttons of a conversation that is closed do nothing any more: there it says what to type.
    """
    closed = conversation.state is ConversationState.CLOSED
    if conversation.channel.pushes:
        read = Button(phrases.say("button_read_item"), payload(key, "show"))
        then = phrases.say("reminder_after_closing" if closed else "reminder_press")
        text = f"{phrases.say('reminder_elsewhere')} {then}"
        return Words(text, topic=TOPIC, buttons=() if closed else (read,), way=way(phrases))
    entries = read_entries(session, conversation)
    entry = next(entry for entry in entries if entry.key == key)
    head = f"**{phrases.say('reminder_head')}**"
    words = tell_thing(session, phrases, entries, entry, allowances_term(figures, today), today, head)
    if not closed:
        return words
    text = f"{words.text}\n\n{phrases.say('reminder_after_closing')}"
    return Words(text, topic=TOPIC, figures=words.figures, way=way(phrases))
