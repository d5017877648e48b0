"""A municipality with Telegram, a fake Telegram, and our two halves of the channel between them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.poll import Poller
from bot.channels.telegram.send import TelegramSender
from bot.deliver import Deliverer
from db.models import Channel, ContactPoint, Conversation, Message, MessageKind, Municipality
from db.session import Database
from services.transcript import add_words
from services.words import Words
from tests.builders import build_keys, build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as fake:
        yield fake


@pytest.fixture
def town(database: Database) -> Municipality:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "holiday_abroad", "Op vakantie")
        return build_municipality(session, contact={"phone": "14 000"})


@dataclass
class Office:
    """The municipality's side of Telegram in one hand."""

    database: Database
    clock: Clock
    bot: Bot
    door: TelegramDoor
    poller: Poller
    deliverer: Deliverer
    woken: list[int]

    def messages(self, kind: MessageKind | None = None) -> list[Message]:
        with self.database.reading() as session:
            rows = session.scalars(select(Message).order_by(Message.conversation_id, Message.seq)).all()
            return [row for row in rows if kind in (None, row.kind)]

    def lines(self) -> list[str]:
        return [line.text for line in self.messages(MessageKind.LINE)]

    def contacts(self) -> list[ContactPoint]:
        with self.database.reading() as session:
            return list(session.scalars(select(ContactPoint).order_by(ContactPoint.id)))

    def answer(self, words: Words, conversation_id: int | None = None) -> None:
        """What the assistant would write as an answer."""
        with self.database.writing() as session:
            found = conversation_id or session.scalars(select(Conversation.id).order_by(Conversation.id.desc())).first()
            add_words(session, session.get_one(Conversation, found), words, self.clock())

    async def poll(self) -> None:
        await self.poller.step()
        await self.poller.intake.finish()

    async def poll_and_deliver(self) -> None:
        await self.poll()
        await self.deliverer.deliver_due()


@pytest.fixture
async def office(database: Database, town: Municipality, clock: Clock, telegram: BotApi) -> AsyncIterator[Office]:
    async with open_bot(telegram.token, telegram.url) as bot:
        yield make_office(database, town, clock, bot)


def make_office(database: Database, town: Municipality, clock: Clock, bot: Bot) -> Office:
    woken: list[int] = []
    door = TelegramDoor(database, build_keys(), clock, town.slug, woken.append)
    sender = TelegramSender({town.id: bot})
    deliverer = Deliverer(database, build_keys(), clock, {Channel.TELEGRAM: sender})
    return Office(database, clock, bot, door, Poller(door, bot, waits=0), deliverer, woken)
