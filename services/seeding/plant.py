"""Write made-up conversations in bulk: three statements a batch, whatever its size."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from db.models import ContactPoint, Conversation, Message
from services.seeding.material import Material
from services.seeding.story import Story

SHORTEST = 5
"""Messages: the welcome, a question and its answer."""


def lengths(chance: Random, conversations: int, messages: int) -> Iterator[int]:
    """How many messages each conversation gets: some few, some many, together about `messages`."""
    left = messages
    for still in range(conversations, 0, -1):
        length = max(SHORTEST, round(left / still * chance.choice((0.5, 0.7, 0.9, 1.0, 1.2, 1.7))))
        yield length
        left -= length


def plant(session: Session, material: Material, chance: Random, sizes: list[int], now: datetime) -> int:
    """Add conversations of these lengths; gives how many messages they have."""
    stories = [Story(material, chance, size, now) for size in sizes]
    contacts = _numbers(session, ContactPoint, [story.contact() for story in stories])
    rows = [story.conversation(contact) for story, contact in zip(stories, contacts, strict=True)]
    numbers = _numbers(session, Conversation, rows)
    messages = [
        message | {"conversation_id": number}
        for story, number in zip(stories, numbers, strict=True)
        for message in story.messages
    ]
    table = Message.__table__
    assert isinstance(table, Table)  # noqa: S101  the mapping gives any kind of selectable
    session.connection().execute(table.insert(), messages)
    return len(messages)


def _numbers(session: Session, record: type[ContactPoint | Conversation], rows: list[dict[str, object]]) -> list[int]:
    """Insert them and give their numbers in the same order."""
    statement = insert(record).returning(record.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))
