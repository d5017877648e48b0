"""Somebody goes to work: the list at once, then the one question on which day, and after that one thing at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import anyio.to_thread
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, Event, SpeakingAction
from db.models import Conversation
from services.checklist import answer
from services.checklist.day_told import UNKNOWN, day_told
from services.checklist.entries import read_entries, start_among
from services.checklist.tell import TOPIC, ask_day
from services.municipalities import find_municipality
from services.phrases import Phrases
from services.words import Words

SLOT, FORM = "work_start", "work_checklist_form"


class ChecklistAction(SpeakingAction):
    """Speaks about the list of this conversation."""

    def office(self, session: Session, phrases: Phrases, asked: Asked) -> answer.Office:
        conversation = find_conversation(session, asked, phrases.municipality.id)
        return answer.Office(session, self.desk.figures, phrases, conversation, self.desk.clock())


class AskWorkStart(ChecklistAction):
    action_name = f"action_ask_{SLOT}"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        office = self.office(session, phrases, asked)
        # Rasa does not note that a form has asked; that the list is there tells it.
        if asked.again or office.entries():
            return ask_day(phrases, "checklist_ask_again")
        return answer.answer_new(office)


class ValidateWorkChecklistForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return f"validate_{FORM}"

    async def extract_work_start(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """A day as ISO has it, or that it is not known. Who has a list already is not asked again."""
        asked = Asked.of(tracker)
        told = asked.entities.get("date") or day_told(asked.text, asked.topic, self.desk.today)
        if told is None and asked.topic == TOPIC and tracker.active_loop.get("name") != FORM:
            told = await anyio.to_thread.run_sync(self._known, asked)
        return {SLOT: told} if told else {}

    def validate_work_start(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {SLOT: value if value == UNKNOWN or _as_day(value) else None}

    def _known(self, asked: Asked) -> str | None:
        with self.desk.database.glancing() as session:
            town = find_municipality(session, asked.municipality)
            conversation = find_conversation(session, asked, town.id)
            entries = read_entries(session, conversation) if conversation is not None else []
            start = start_among(entries)
            return start.isoformat() if start else UNKNOWN if entries else None


class WorkChecklist(ChecklistAction):
    action_name = "action_work_checklist"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        asked = Asked.of(tracker)
        asked.entities["date"] = tracker.get_slot(SLOT)
        await self.speak(dispatcher, asked)
        return []

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words]:
        return answer.answer_list(self.office(session, phrases, asked), _as_day(asked.entities["date"]))


class ChecklistItem(ChecklistAction):
    action_name = "action_checklist_item"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        given = asked.entities
        office = self.office(session, phrases, asked)
        return answer.answer_thing(office, str(given.get("topic")), str(given.get("kind")))


def find_conversation(session: Session, asked: Asked, municipality_id: int) -> Conversation | None:
    """None for a line that is only tried."""
    query = select(Conversation).where(
        Conversation.municipality_id == municipality_id, Conversation.public_id == asked.conversation
    )
    return session.scalars(query).one_or_none()


def _as_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
