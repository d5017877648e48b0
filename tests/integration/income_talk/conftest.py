"""A resident who wants to know what is left of a wage; Rasa is played, the actions and the database are real."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.server import make_app
from benefits.figures import Figures, load_figures
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw, income_law
from benefits.income.outcome import Outcome
from benefits.income.read_scenario import read_scenario
from db.models import Calculation, Message, MessageKind, TopicKind
from db.session import Database
from services.answering import settle_line
from services.calendar import day_here
from tests.builders import build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.integration.services.conftest import Town
from tests.played_rasa import TOKEN, PlayedRasa, actions_of


@dataclass
class Talk:
    """`says` is a line with the topic as which Rasa would understand it; what comes back are the new answers."""

    town: Town
    rasa: PlayedRasa
    law: IncomeLaw
    line: int = 0
    conversation: int = 0
    address: str = "resident"

    async def says(self, text: str, topic: str = "nlu_fallback", /, **entities: Any) -> list[Message]:
        received = self.town.say(text, self.address)
        self.line, self.conversation = received.line_id, received.conversation_id
        sender, self.rasa.line = self.town.conversation(self.conversation).public_id, self.line
        said = await self.rasa.hears(sender, text, topic, entities)
        self.town.claim(self.conversation)
        with self.town.database.writing() as session:
            assert settle_line(session, self.line, "us", said, self.town.clock(), law=self.law)
        return [m for m in self.town.messages(self.conversation, MessageKind.ANSWER) if m.in_reply_to == self.line]

    async def begins(self, text: str = "reken uit wat ik overhoud") -> list[Message]:
        return await self.says(text, "calculate_income")

    async def presses(self, choice: str, value: str | None = None) -> list[Message]:
        values = {"choice": choice} | ({"value": value} if value else {})
        return await self.says(f"knop {choice}", "calculate_income", **values)

    async def tells(self, *texts: str) -> list[Message]:
        answers: list[Message] = []
        for text in texts:
            answers = await self.says(text)
        return answers

    def calculations(self) -> list[Calculation]:
        with self.town.database.reading() as session:
            return list(session.scalars(select(Calculation).order_by(Calculation.id)))

    def newest(self) -> Calculation:
        return self.calculations()[-1]

    @property
    def scenario(self) -> dict[str, Any]:
        """The document of the newest calculation."""
        return self.newest().scenario or {}

    @property
    def outcome(self) -> dict[str, Any]:
        return self.newest().outcome or {}

    def apart(self) -> Outcome:
        """What the law gives for the newest calculation, without the talk."""
        return income_effect(self.law, read_scenario(self.scenario, day_here(self.town.clock()), self.law))


@cache
def all_figures() -> Figures:
    return load_figures()


@pytest.fixture
async def talk(database: Database, clock: Clock) -> AsyncIterator[Talk]:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld", "Sparen mag.")
        build_topic(session, "work_income_effect", "Wat houd ik over", "Vaak meer.")
        for name in ("thank", "work_checklist", "child_income", "cohabiting"):
            build_topic(session, name, name, f"Tekst van {name}.", kind=TopicKind.TASK)
        town = Town(database, clock, build_municipality(session))
    figures = all_figures()
    async with actions_of(make_app(Desk(database, figures, clock), TOKEN)) as client:
        yield Talk(town, PlayedRasa(client), income_law(figures))
