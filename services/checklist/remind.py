"""Say a reminder of a thing on the list: everything about it, as long as it is still to be done."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import ChecklistItem, Conversation, ConversationState, Message
from services.calendar import day_here
from services.checklist.entries import read_entries
from services.checklist.tell import TOPIC, tell_thing, way
from services.checklist.things import BY_KEY, allowances_term
from services.phrases import Phrases
from services.words import Words


def say_thing(
    figures: Figures, session: Session, phrases: Phrases, planned: Message, conversation: Conversation, now: datetime
) -> Words | None:
    """None: ticked or forgotten meanwhile. The buttons of a conversation that is closed do nothing any more: there it
    says what to type."""
    item = session.scalar(
        select(ChecklistItem).where(
            ChecklistItem.municipality_id == conversation.municipality_id, ChecklistItem.reminder_id == planned.id
        )
    )
    if item is None or item.done_at is not None or item.key not in BY_KEY:
        return None
    entries = read_entries(session, conversation)
    entry = next(entry for entry in entries if entry.key == item.key)
    today = day_here(now)
    head = f"**{phrases.say('reminder_head')}**"
    words = tell_thing(session, phrases, entries, entry, allowances_term(figures, today), today, head)
    if conversation.state is not ConversationState.CLOSED:
        return words
    text = f"{words.text}\n\n{phrases.say('reminder_after_closing')}"
    return Words(text, topic=TOPIC, figures=words.figures, way=way(phrases))
