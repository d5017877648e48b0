"""One line of a resident through Rasa: understood, answered, stored; and never twice."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from serving.actions import failures
from understanding.model import FALLBACK

CHANNEL = "trede"
LOCK_POLL = 0.05  # seconds; Rasa's own second would make the next line of a quick typist wait

_PAYLOAD = re.compile(r"/([a-z][a-z0-9_]*)\s*(\{.*\})?", re.DOTALL)
_LEADING = re.compile(r"[\s/]+")


@dataclass(frozen=True)
class Line:
    """`id` is our number of the line; `payload` is true only for buttons that we made."""

    conversation: str
    id: str
    text: str
    payload: bool
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    parse: dict[str, Any]
    messages: list[dict[str, Any]]
    action_failed: bool = False


async def take(agent: Agent, line: Line, payloads: frozenset[str]) -> Turn:
    """Answers a line, or tells again how it was answered. `payloads`: the intents a button may name."""
    async with agent.lock_store.lock(line.conversation, wait_time_in_seconds=LOCK_POLL):
        tracker = await agent.processor.get_tracker(line.conversation)
        told = _told_before(tracker, line.id)
        return await _again(*told) if told else await _answer(agent, line, tracker, payloads)


async def forget(agent: Agent, conversation: str) -> None:
    """Deletes the conversation's tracker, after the turn that may be running in it."""
    async with agent.lock_store.lock(conversation, wait_time_in_seconds=LOCK_POLL):
        agent.processor.tracker_store.forget(conversation)


def _told_before(tracker: DialogueStateTracker, line: str) -> tuple[UserUttered, list[BotUttered]] | None:
    """The stored line and the answers to it, if this line is among those that are remembered."""
    said: list[BotUttered] = []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said.insert(0, event)
        elif isinstance(event, UserUttered):
            if (event.metadata or {}).get("line") == line:
                return event, said
            said = []
    return None


async def _again(asked: UserUttered, said: list[BotUttered]) -> Turn:
    channel = CollectingOutputChannel()
    for event in said:
        await channel.send_response("", event.message())
    return Turn(_short(asked.parse_data), _messages(channel))


async def _answer(agent: Agent, line: Line, tracker: DialogueStateTracker, payloads: frozenset[str]) -> Turn:
    text = line.text.strip() if line.payload else harmless(line.text)
    parse = await _parse(agent, text, line.payload, payloads)
    channel = CollectingOutputChannel()
    failed: list[str] = []
    failures.set(failed)
    message = UserMessage(
        text=text,
        output_channel=channel,
        sender_id=line.conversation,
        parse_data=parse,
        input_channel=CHANNEL,
        message_id=line.id,
        metadata={**line.metadata, "line": line.id},
    )
    await agent.processor.answer(message, tracker)
    return Turn(_short(parse), [] if failed else _messages(channel), bool(failed))


def harmless(text: str) -> str:
    """A typed text without the slash by which Rasa would take it for an intent."""
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


async def _parse(agent: Agent, text: str, payload: bool, payloads: frozenset[str]) -> dict[str, Any]:
    """Rasa's parse; a payload that names no intent of this model is not understood, whatever words it holds."""
    if payload and not is_payload(text, payloads):
        return {"text": text, "intent": {"name": FALLBACK, "confidence": 0.0}, "intent_ranking": [], "entities": []}
    parse: dict[str, Any] = await agent.parse_message(text)
    return parse


def is_payload(text: str, payloads: frozenset[str]) -> bool:
    """Whether the text is /intent or /intent{"entity": "value"} with an intent of ours and plain values."""
    found = _PAYLOAD.fullmatch(text)
    if not found or found.group(1) not in payloads:
        return False
    try:
        values = json.loads(found.group(2) or "{}")
    except ValueError:
        return False
    return all(isinstance(value, (str, int, float, bool)) for value in values.values())


def _short(parse: dict[str, Any]) -> dict[str, Any]:
    intent = parse["intent"]
    return {
        "topic": intent["name"],
        "confidence": intent["confidence"],
        "ranking": [{key: one[key] for key in ("name", "confidence")} for one in parse.get("intent_ranking", [])],
    }


def _messages(channel: CollectingOutputChannel) -> list[dict[str, Any]]:
    """What the bot said, without Rasa's recipient: {"text"} or {"custom"}, with buttons and the like."""
    return [{key: value for key, value in one.items() if key != "recipient_id"} for one in channel.messages]
