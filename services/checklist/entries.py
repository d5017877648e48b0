"""A list as it is told: what is on record, or what will be once the answer is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ChecklistItem, Conversation, Message, MessageStatus
from services.checklist.keep import Dues
from services.checklist.things import BY_KEY, FIRST, Thing


@dataclass(frozen=True)
class Entry:
    """One thing of a list."""

    key: str
    due_on: date | None
    done: bool = False
    remind_at: datetime | None = None
    """When a reminder is planned."""
    reminded_at: datetime | None = None
    """When one was said."""

    @property
    def thing(self) -> Thing:
        return BY_KEY[self.key]

    @property
    def before_start(self) -> bool:
        return self.thing.term.is_before_start


def read_entries(session: Session, conversation: Conversation) -> list[Entry]:
    """In the order of the list; none when no list was made."""
    query = (
        select(ChecklistItem, Message)
        .outerjoin(Message, Message.id == ChecklistItem.reminder_id)
        .where(
            ChecklistItem.municipality_id == conversation.municipality_id,
            ChecklistItem.conversation_id == conversation.id,
        )
        .order_by(ChecklistItem.place)
    )
    return [_entry(item, reminder) for item, reminder in session.execute(query) if item.key in BY_KEY]


def _entry(item: ChecklistItem, reminder: Message | None) -> Entry:
    at = reminder.due_at if reminder is not None else None
    planned = reminder is not None and reminder.status is MessageStatus.PLANNED
    return Entry(item.key, item.due_on, item.done_at is not None, at if planned else None, None if planned else at)


def entries_to_be(dues: Dues, before: Sequence[Entry]) -> list[Entry]:
    """What `keep_list` will make of them."""
    there = {entry.key: entry for entry in before}
    kept = [entry for entry in before if entry.key not in dues and (entry.done or entry.remind_at or entry.reminded_at)]
    new = [replace(there.get(key, Entry(key, None)), due_on=due) for key, due in dues.items()]
    return sorted([*kept, *new], key=lambda entry: list(BY_KEY).index(entry.key))


def start_among(entries: Sequence[Entry]) -> date | None:
    """The first working day, as far as it was told."""
    return next((entry.due_on for entry in entries if entry.key == FIRST), None)


def next_open(entries: Sequence[Entry], after: str | None = None) -> Entry | None:
    """The first open thing behind this one, or else from the beginning."""
    keys = [entry.key for entry in entries]
    place = keys.index(after) + 1 if after in keys else 0
    return next(
        (entry for entry in [*entries[place:], *entries[:place]] if not entry.done and entry.key != after), None
    )
