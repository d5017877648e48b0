"""Rasa's part of a conversation, played: which action it calls for a line, with a form open or not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette

from services.training_material import ACTIONS, FORMS
from services.words import Words

TOKEN = "a token for tests"
BY_TOPIC = {form["topic"]: form for form in FORMS}
BY_NAME = {form["name"]: form for form in FORMS}


@dataclass
class PlayedRasa:
    """`hears` is a line as it was understood; what the actions said comes back."""

    client: httpx.AsyncClient
    slug: str = "voorbeeldstad"
    language: str = "nl"
    line: int = 0
    """The number of the line, as our channel tells it."""
    form: str | None = field(default=None, init=False)
    asked: bool = field(default=False, init=False)
    """Whether the open form has asked its question."""
    sender: str = field(default="", init=False)

    async def hears(self, sender: str, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        """With a form open the line is first looked at as an answer to its question."""
        self.sender = sender
        heard = (text, topic, entities)
        if self.form is None:
            return await self._begin(*heard)
        slots = await self._slots(*heard)
        if slots or topic == BY_NAME[self.form]["topic"]:
            return await self._go_on(slots, *heard)
        if topic in BY_TOPIC:
            return await self._begin(*heard)
        if topic in ("deny", "stop"):
            self.form, self.asked = None, False
            return await self._speak("action_cancel_form", *heard)
        answered = await self._speak(_action_of(topic), *heard)
        return [*answered, *await self._go_on({}, *heard)]

    async def _begin(self, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        if topic not in BY_TOPIC:
            return await self._speak(_action_of(topic), text, topic, entities)
        self.form, self.asked = BY_TOPIC[topic]["name"], False
        return await self._go_on(await self._slots(text, topic, entities), text, topic, entities)

    async def _go_on(self, slots: dict[str, Any], text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        form = BY_NAME[self.form or ""]
        filled = slots.get(form["slot"])
        if filled is None:
            asks = await self._call(f"action_ask_{form['slot']}", text, topic, entities)
            self.asked = True
            # An action that asks may end the form instead: then it goes on as if it were filled.
            if not any(event.get("name") == "requested_slot" for event in asks["events"]):
                return _words(asks)
        said = await self._call(form["then"], text, topic, entities, filled)
        self.form, self.asked = None, False
        return _words(said)

    async def _slots(self, text: str, topic: str, entities: dict[str, Any]) -> dict[str, Any]:
        done = await self._call(f"validate_{self.form}", text, topic, entities)
        return {event["name"]: event["value"] for event in done["events"] if event["event"] == "slot"}

    async def _speak(self, action: str, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        return _words(await self._call(action, text, topic, entities))

    async def _call(self, action: str, text: str, topic: str, entities: dict[str, Any], filled: object = None) -> Any:
        user = {
            "text": text,
            "intent": {"name": topic, "confidence": 0.9},
            "intent_ranking": [{"name": topic, "confidence": 0.9}],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"municipality": self.slug, "language": self.language, "line": str(self.line)},
        }
        slot = BY_NAME[self.form]["slot"] if self.form else None
        body = {
            "next_action": action,
            "sender_id": self.sender,
            "tracker": {
                "sender_id": self.sender,
                "slots": {"requested_slot": slot if self.asked else None} | ({slot: filled} if slot else {}),
                "latest_message": user,
                "events": [{"event": "user", "text": text, "parse_data": user}],
                "paused": False,
                "active_loop": {"name": self.form} if self.form else {},
                "latest_action_name": None,
            },
            "domain": {"forms": {self.form: {"required_slots": [slot]}} if self.form else {}, "slots": {}},
            "version": "3.6.21",
        }
        response = await self.client.post("/webhook", json=body)
        assert response.status_code == 200, response.text
        return response.json()


@asynccontextmanager
async def actions_of(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """The server of the actions, made with our token."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://actions", headers=headers) as client:
        yield client


def _words(done: dict[str, Any]) -> list[Words]:
    return [Words.from_json(said["custom"]) for said in done["responses"]]


def _action_of(topic: str) -> str:
    return ACTIONS.get(topic, "action_not_understood" if topic == "nlu_fallback" else "action_answer_topic")
