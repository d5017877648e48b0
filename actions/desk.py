"""What every action works with, and the one way in which actions speak."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import anyio.to_thread
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from benefits.figures import Figures
from benefits.income.law import IncomeLaw, income_law
from db.session import Database
from services.calendar import day_here
from services.municipalities import find_municipality
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.second_request import offer_second
from services.words import Words

type Event = dict[str, Any]
ASKS = "action_ask_"
"""Begins the name of an action that asks for a slot of a form."""


@dataclass(frozen=True)
class Desk:
    database: Database
    figures: Figures
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    heard: dict[str, Any] = field(default_factory=dict, compare=False)
    """By conversation: what the check of a form worked out, for the action that says it a moment later."""

    @property
    def today(self) -> date:
        return day_here(self.clock())

    @cached_property
    def law(self) -> IncomeLaw:
        """Worked out when the first line about an income comes."""
        return income_law(self.figures)


@dataclass(frozen=True)
class Asked:
    """What the resident said, as Rasa understood it."""

    municipality: str
    language: str
    topic: str
    text: str
    entities: dict[str, Any]
    likely: dict[str, float]
    """Topics with how likely they are, the likeliest first."""
    again: bool = False
    """Whether this action said the same just before: then it says it in other words."""
    conversation: str = ""
    """Its public name."""
    second: str | None = None
    """The topic of another request in the same line: offered beside the answer to this one."""
    asking: bool = False
    """Whether a form is open, so that what is said is a question."""
    line: str | None = None
    """Its number; None when it is only tried."""

    @classmethod
    def of(cls, tracker: Tracker, again: bool = False) -> "Asked":
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        return cls(
            municipality=metadata["municipality"],
            language=metadata.get("language", DEFAULT_LANGUAGE),
            topic=(message.get("intent") or {}).get("name") or "",
            text=message.get("text") or "",
            entities={e["entity"]: e.get("value") for e in message.get("entities") or []},
            likely={i["name"]: i["confidence"] for i in message.get("intent_ranking") or ()},
            again=again,
            conversation=tracker.sender_id,
            second=message.get("second"),
            asking=tracker.active_loop.get("name") is not None,
            line=metadata.get("line"),
        )


class SpeakingAction(Action):
    """An action that looks something up and says it. Subclasses give a name and `words`."""

    action_name: str

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return self.action_name

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        """One message, or a few."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        await self.speak(dispatcher, Asked.of(tracker, self.said_before(tracker)))
        return []

    def said_before(self, tracker: Tracker) -> bool:
        """Whether this action already spoke in the form that is open."""
        if self.name().startswith(ASKS):
            # Rasa notes which slot a form has asked for, not the action that asked.
            return bool(tracker.get_slot("requested_slot") == self.name().removeprefix(ASKS))
        for event in reversed(tracker.events):
            if event.get("event") == "active_loop":
                return False
            if event.get("event") == "action" and event.get("name") == self.name():
                return True
        return False

    async def speak(self, dispatcher: CollectingDispatcher, asked: Asked) -> None:
        # The database is synchronous: it may not hold up the loop on which all actions run.
        said = await anyio.to_thread.run_sync(self._look_up, asked)
        for words in [said] if isinstance(said, Words) else said:
            dispatcher.utter_message(json_message=words.to_json())

    def _look_up(self, asked: Asked) -> Words | Sequence[Words]:
        with self.desk.database.glancing() as session:
            phrases = Phrases(session, find_municipality(session, asked.municipality), asked.language)
            said = self.words(session, phrases, asked)
            if asked.second is None or not said:
                return said
            return offer_second(session, phrases, said, asked.second, asked.asking)
