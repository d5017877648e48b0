"""A resident who wants to know what is left of a wage; Rasa is played, the actions and the database are real."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from actions.calculate_income import SLOT
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
from services.words import Words
from tests.builders import build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.integration.services.conftest import Town

TOKEN, FORM = "a token for tests", "calculate_income_form"


@dataclass
class Talk:
    """`says` is a line with the topic as which Rasa would understand it; what comes back are the new answers."""

    town: Town
    client: httpx.AsyncClient
    law: IncomeLaw
    form_open: bool = False
    line: int = 0
    conversation: int = 0
    address: str = "resident"

    async def says(self, text: str, topic: str = "nlu_fallback", /, **entities: Any) -> list[Message]:
        received = self.town.say(text, self.address)
        self.line, self.conversation = received.line_id, received.conversation_id
        said = await self._as_rasa_does(text, topic, entities)
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

    async def _as_rasa_does(self, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        """As its form does: validate, then ask or end; a line that means nothing there is answered by its topic."""
        said: list[Words] = []
        if self.form_open or topic == "calculate_income":
            slots = await self._slots(text, topic, entities)
            if SLOT not in slots:
                said = await self._speak(_action_of(topic), text, topic, entities)
            elif slots[SLOT] is not None:
                self.form_open = False
                return await self._speak("action_calculate_income", text, topic, entities)
            self.form_open = True
            return [*said, *await self._speak("action_ask_income_told", text, topic, entities)]
        return await self._speak(_action_of(topic), text, topic, entities)

    async def _slots(self, text: str, topic: str, entities: dict[str, Any]) -> dict[str, Any]:
        done = await self._call(f"validate_{FORM}", text, topic, entities)
        return {event["name"]: event["value"] for event in done["events"] if event["event"] == "slot"}

    async def _speak(self, action: str, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        done = await self._call(action, text, topic, entities)
        return [Words.from_json(said["custom"]) for said in done["responses"]]

    async def _call(self, action: str, text: str, topic: str, entities: dict[str, Any]) -> Any:
        user = {
            "text": text,
            "intent": {"name": topic, "confidence": 0.9},
            "intent_ranking": [{"name": topic, "confidence": 0.9}],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"municipality": "voorbeeldstad", "language": "nl"},
        }
        body = {
            "next_action": action,
            "sender_id": self.town.conversation(self.conversation).public_id,
            "tracker": {
                "sender_id": self.town.conversation(self.conversation).public_id,
                "slots": {"requested_slot": SLOT, SLOT: None},
                "latest_message": user,
                "events": [{"event": "user", "text": text, "parse_data": user}],
                "paused": False,
                "active_loop": {"name": FORM},
                "latest_action_name": None,
            },
            "domain": {"forms": {FORM: {"required_slots": [SLOT]}}, "slots": {}},
            "version": "3.6.21",
        }
        response = await self.client.post("/webhook", json=body)
        assert response.status_code == 200, response.text
        return response.json()


@cache
def all_figures() -> Figures:
    return load_figures()


def _action_of(topic: str) -> str:
    return "action_not_understood" if topic == "nlu_fallback" else "action_answer_topic"


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
    app = make_app(Desk(database, figures, clock), TOKEN)
    transport = httpx.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://actions", headers=headers) as client:
        yield Talk(town, client, income_law(figures))
