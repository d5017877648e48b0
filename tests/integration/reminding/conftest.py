"""A town, a person with a chat on Telegram and one on the web, and the deeds of the clock and of the sender."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import (
    Channel,
    ContactPoint,
    Conversation,
    DeliveryAttempt,
    Message,
    MessageKind,
    Person,
    ReminderKind,
    StaffTask,
)
from services.outbox import DueMessage, claim_due, settle_failed, settle_later, settle_sent
from services.people.person import add_person
from services.phrases import Phrases
from services.reminding.claim import claim_reminders, give_up_late
from services.reminding.plan import forget_about, plan_about
from services.reminding.speak import Said, say_reminders
from services.words import Button, Words
from tests.integration.services.conftest import Town
from tests.integration.services.conftest import town as town  # noqa: PLC0414  a fixture


@dataclass
class Reminded:
    """`wanted`: what the look-again finds."""

    town: Town
    wanted: bool = True
    person: int = 0
    chats: dict[Channel, int] = field(default_factory=dict)

    def link(self, *channels: Channel) -> "Reminded":
        for channel in channels:
            self.chats[channel] = self.town.say("hallo", f"at {channel}", channel=channel).conversation_id
        with self.town.database.writing() as session:
            self.person = add_person(session, self.town.row.id, "K-1", self.town.clock()).id
            chats = select(Conversation.contact_point_id).where(Conversation.id.in_(self.chats.values()))
            session.execute(update(ContactPoint).where(ContactPoint.id.in_(chats)).values(person_id=self.person))
            # What was said before has gone out.
            session.execute(update(Message).values(status="sent"))
        return self

    def plan(self, *moments: tuple[str, datetime], until: datetime | None = None, version: int = 1) -> list[Message]:
        with self.town.database.writing() as session:
            person = session.get_one(Person, self.person)
            kind, now = ReminderKind.AGREEMENT, self.town.clock()
            return plan_about(session, "thing:7", version, kind, moments, until, person, None, now)

    def forget(self) -> int:
        with self.town.database.writing() as session:
            return forget_about(session, self.town.row.id, "thing:7", self.town.clock())

    def tick(self, by: str = "worker") -> list[Said]:
        now = self.town.clock()
        with self.town.database.writing() as session:
            give_up_late(session, now)
            ids = claim_reminders(session, by, now)
        with self.town.database.writing() as session:
            return say_reminders(session, {"thing": self._say}, ids, by, now)

    def _say(self, _session: Any, _phrases: Phrases, _planned: Message, _chat: Conversation, _now: Any) -> Words | None:
        return Words("Uw geheim: 12 december.", buttons=(Button("Verzetten", "/move"),)) if self.wanted else None

    def take(self) -> list[DueMessage]:
        with self.town.database.writing() as session:
            return claim_due(session, self.town.keys, "sender", self.town.clock())

    def settle(self, due: DueMessage, failure: str = "", permanent: bool = False, unreachable: bool = False) -> None:
        now = self.town.clock()
        with self.town.database.writing() as session:
            if not failure:
                settle_sent(session, due.id, "sender", now)
            elif permanent:
                settle_failed(session, due.id, "sender", failure, now, unreachable)
            else:
                settle_later(session, due.id, "sender", failure, now + timedelta(seconds=30), now)

    def rows(self) -> list[Message]:
        with self.town.database.reading() as session:
            query = select(Message).where(Message.kind == MessageKind.REMINDER).order_by(Message.id)
            return list(session.scalars(query))

    def results(self) -> list[tuple[Channel, str]]:
        with self.town.database.reading() as session:
            query = select(DeliveryAttempt.channel, DeliveryAttempt.result).order_by(DeliveryAttempt.id)
            return [(channel, result) for channel, result in session.execute(query)]

    def tasks(self) -> list[StaffTask]:
        with self.town.database.reading() as session:
            return list(session.scalars(select(StaffTask)))


@pytest.fixture
def reminded(town: Town) -> Reminded:
    return Reminded(town)


@pytest.fixture
def both(reminded: Reminded) -> Reminded:
    return reminded.link(Channel.TELEGRAM, Channel.WEB)
