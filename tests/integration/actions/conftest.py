"""The action server behind its real door, called as Rasa calls it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from actions.desk import Desk
from actions.server import make_app
from benefits.figures import load_figures
from db.models import TopicKind
from db.session import Database
from services.words import Words
from tests.builders import build_municipality, build_phrases, build_topic
from tests.conftest import Clock

TOKEN = "a token for tests"

type Event = dict[str, Any]


def user(topic: str, text: str = "een vraag", /, ranking: tuple[str, ...] = (), **entities: Any) -> Event:
    """A line as Rasa understood it."""
    return {
        "event": "user",
        "text": text,
        "parse_data": {
            "text": text,
            "intent": {"name": topic, "confidence": 0.9},
            "intent_ranking": [{"name": name, "confidence": 0.5} for name in ranking or (topic,)],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"municipality": "voorbeeldstad", "language": "nl"},
        },
    }


def done(action: str) -> Event:
    return {"event": "action", "name": action}


@dataclass
class Office:
    client: httpx.AsyncClient

    async def call(self, action: str, *events: Event, **slots: Any) -> httpx.Response:
        latest = next(event for event in reversed(events) if event["event"] == "user")
        body = {
            "next_action": action,
            "sender_id": "c0ffee",
            "tracker": {
                "sender_id": "c0ffee",
                "slots": slots,
                "latest_message": latest["parse_data"],
                "events": list(events),
                "paused": False,
                "active_loop": {"name": slots.pop("loop", None)},
                "latest_action_name": None,
            },
            "domain": {"forms": {"report_change_form": {"required_slots": ["change_kind"]},
                                 "work_checklist_form": {"required_slots": ["work_start"]},
                                 "log_search_effort_form": {"required_slots": ["effort_told"]},
                                 "delete_my_data_form": {"required_slots": ["delete_confirmed"]}}, "slots": {}},
            "version": "3.6.21",
        }  # fmt: skip
        return await self.client.post("/webhook", json=body)

    async def say(self, action: str, *events: Event, **slots: Any) -> Words:
        """The words of an action that says one thing and leaves the rest to Rasa."""
        (said,) = await self.say_all(action, *events, **slots)
        return said

    async def say_all(self, action: str, *events: Event, **slots: Any) -> list[Words]:
        response = await self.call(action, *events, **slots)
        assert response.status_code == 200, response.text
        return [Words.from_json(said["custom"]) for said in response.json()["responses"]]

    async def slots(self, action: str, *events: Event, **slots: Any) -> dict[str, Any]:
        """What a validator makes of the slots."""
        response = await self.call(action, *events, **slots)
        return {e["name"]: e["value"] for e in response.json()["events"] if e["event"] == "slot"}


@pytest.fixture
async def office(database: Database, clock: Clock) -> AsyncIterator[Office]:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "car", "Mag ik een auto", "Een auto mag.", more="Tot een bedrag.")
        build_topic(session, "gifts", "Giften krijgen")
        for name in ("talk_to_human", "distress", "request_callback", "switch_language", "greet", "report_change"):
            build_topic(session, name, name, f"Tekst van {name}.", kind=TopicKind.TASK)
        build_municipality(session)
    app = make_app(Desk(database, load_figures(), clock), TOKEN)
    transport = httpx.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://actions", headers=headers) as client:
        yield Office(client)
