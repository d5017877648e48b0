"""A chat of one municipality on a SQLite file, with three browsers that know nothing of each other."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from bot.channels.web.app import WebDoor, make_app
from db.models import Message
from db.session import Database
from tests.browser.stand_in import Turn, build_door
from tests.builders import build_database, build_keys, build_municipality, build_phrases, build_topic
from tests.integration.web.browser import Browser, Client


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass
class Chat:
    door: WebDoor
    turn: Turn
    clock: Clock
    app: Starlette
    runner: asyncio.Runner

    @property
    def database(self) -> Database:
        return self.door.database

    def browser(self) -> Browser:
        return Browser(Client(self.app, self.runner, "https" if self.door.secure_cookies else "http"))

    def messages(self) -> list[Message]:
        with self.database.reading() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "work_income_effect", "Wat houd ik over")
        build_municipality(session, colour="#34459a")
        build_municipality(session, "buurstad", "Buurstad", colour="#ffee00")
    yield database
    database.close()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def chat(database: Database, clock: Clock, runner: asyncio.Runner) -> Chat:
    door, turn = build_door(database, build_keys(), clock)
    return Chat(door, turn, clock, make_app(door), runner)


@pytest.fixture
def secure_chat(database: Database, clock: Clock, runner: asyncio.Runner) -> Chat:
    door, turn = build_door(database, build_keys(), clock, secure=True)
    return Chat(door, turn, clock, make_app(door), runner)


@pytest.fixture
def fatima(chat: Chat) -> Browser:
    return chat.browser()


@pytest.fixture
def karel(chat: Chat) -> Browser:
    return chat.browser()
