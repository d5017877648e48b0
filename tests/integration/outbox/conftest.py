"""A town with residents on Telegram, and messages to them that are due."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from db.models import Channel, Conversation, Message, Municipality
from db.session import Database
from services.conversations import Address, open_conversation
from services.keys import Keys
from services.outbox import DueMessage, claim_due
from services.transcript import add_words
from services.words import Words
from tests.builders import build_keys, build_municipality, build_phrases
from tests.conftest import Clock

Change = Callable[[Message], None]


@dataclass
class Post:
    """The outbox of one town, seen from outside."""

    database: Database
    clock: Clock
    town: Municipality
    keys: Keys

    def conversation(self, chat: int) -> int:
        """A conversation that has had its first words."""
        with self.database.writing() as session:
            address = Address(self.town, Channel.TELEGRAM, str(chat))
            found = open_conversation(session, self.keys, address, self.clock())
            for message in session.scalars(select(Message).where(Message.conversation_id == found.id)):
                session.delete(message)
            return found.id

    def write(self, conversation_id: int, *texts: str, change: Change = lambda _: None) -> list[int]:
        with self.database.writing() as session:
            conversation = session.get_one(Conversation, conversation_id)
            written = [add_words(session, conversation, Words(text), self.clock()) for text in texts]
            messages = [message for message in written if message is not None]
            for message in messages:
                change(message)
            return [message.id for message in messages]

    def claim(self, by: str = "a", limit: int = 20) -> list[DueMessage]:
        with self.database.writing() as session:
            return claim_due(session, self.keys, by, self.clock(), limit)

    def texts(self, by: str = "a") -> list[str]:
        return [due.text for due in self.claim(by)]

    def message(self, number: int) -> Message:
        with self.database.reading() as session:
            return session.get_one(Message, number)


@pytest.fixture
def post(database: Database, clock: Clock) -> Post:
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session, example=False)
    return Post(database, clock, town, build_keys())
