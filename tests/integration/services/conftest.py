"""A municipality with all its sentences and a few topics, and a resident on each channel."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Channel, Conversation, ConversationState, Message, MessageKind, Municipality
from db.session import Database
from services.answering import claim_conversation, next_line, settle_line
from services.keys import Keys
from services.receive import Choice, Inbound, Received, receive
from services.words import Words
from tests.builders import build_keys, build_municipality, build_phrases, build_topic
from tests.conftest import Clock


@dataclass
class Town:
    """The verbs of one municipality in one hand, each in a transaction of its own."""

    database: Database
    clock: Clock
    row: Municipality
    keys: Keys = field(default_factory=build_keys)
    sent: int = 0

    def say(self, text: str = "hoeveel spaargeld mag ik hebben", address: str = "resident", **other: Any) -> Received:
        """A line of a resident; every line has a number of its own unless the test names one."""
        self.sent += 1
        given = {"channel": Channel.WEB, "address": address, "external_id": f"line-{self.sent}", "text": text} | other
        with self.database.writing() as session:
            return receive(session, self.keys, self.row, Inbound(**given), self.clock())

    def press(self, seq: int, index: int = 0, **other: Any) -> Received:
        return self.say("", choice=Choice(seq, index), **other)

    def claim(self, conversation_id: int, by: str = "us") -> bool:
        with self.database.writing() as session:
            return claim_conversation(session, conversation_id, by, self.clock())

    def settle(self, line_id: int, *texts: str, by: str = "us", effects: tuple[str, ...] = ()) -> bool:
        words = [Words(text, effects=effects) for text in texts or ("Dat mag.",)]
        with self.database.writing() as session:
            return settle_line(session, line_id, by, words, self.clock())

    def answer(self, received: Received, *texts: str, effects: tuple[str, ...] = ()) -> bool:
        return self.claim(received.conversation_id) and self.settle(received.line_id, *texts, effects=effects)

    def next_text(self, conversation_id: int) -> str | None:
        with self.database.writing() as session:
            line = next_line(session, conversation_id)
            return line.text if line else None

    def set_state(self, conversation_id: int, state: ConversationState) -> None:
        with self.database.writing() as session:
            session.get_one(Conversation, conversation_id).state = state

    def conversation(self, conversation_id: int) -> Conversation:
        with self.database.reading() as session:
            return session.get_one(Conversation, conversation_id)

    def messages(self, conversation_id: int, kind: MessageKind | None = None) -> list[Message]:
        with self.database.reading() as session:
            query = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
            return [message for message in session.scalars(query) if kind in (None, message.kind)]

    def texts(self, conversation_id: int, kind: MessageKind) -> list[str]:
        return [message.text for message in self.messages(conversation_id, kind)]


@pytest.fixture
def town(database: Database, clock: Clock) -> Town:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "holiday_abroad", "Op vakantie")
        return Town(database, clock, build_municipality(session))


def at_once[R](number: int, deed: Callable[[int], R]) -> list[R]:
    """Do it in so many threads that all begin at the same moment; what one raises, the test raises."""
    gate = Barrier(number)

    def begin(which: int) -> R:
        gate.wait()
        return deed(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(begin, range(number)))
