"""Wipe this conversation: asked once more, then done together with the answer."""

import re
from typing import Any

import anyio.to_thread
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, SpeakingAction
from actions.log_search_effort import lean_on_effort
from actions.work_checklist import find_conversation
from services.effects import WIPE
from services.municipalities import find_municipality
from services.phrases import Phrases
from services.wipe_told import told_before_wiping
from services.words import Button, Words

SLOT = "delete_confirmed"
TOPIC = "delete_my_data"
ALL_OF_IT = re.compile(
    r"\b(?:alles|gesprek\w*|chat\w*|gegevens|geschiedenis|berichten|everything|all|conversation|data|messages|history)\b"
)
ANSWERS = {"affirm": True, "deny": False}


class AskDeleteConfirmed(SpeakingAction):
    action_name = f"action_ask_{SLOT}"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        buttons = (Button(phrases.say("button_yes"), "/affirm"), Button(phrases.say("button_no"), "/deny"))
        if asked.again:
            return Words(phrases.say("delete_ask_again"), topic=TOPIC, buttons=buttons)
        conversation = find_conversation(session, asked, phrases.municipality.id)
        told = told_before_wiping(session, phrases, conversation, self.desk.clock()) if conversation else []
        return Words(" ".join((phrases.say("delete_ask"), *told)), topic=TOPIC, buttons=buttons)


class ValidateDeleteMyDataForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return "validate_delete_my_data_form"

    async def extract_delete_confirmed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Only a plain yes or no counts; anything else leaves the question open. A line that takes one thing from a
        list is not asked about: nothing else is wiped."""
        asked = Asked.of(tracker)
        if asked.topic in ANSWERS:
            return {SLOT: ANSWERS[asked.topic]}
        return {SLOT: False} if await anyio.to_thread.run_sync(self._of_a_list, asked) else {}

    def validate_delete_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {SLOT: value if isinstance(value, bool) else None}

    def _of_a_list(self, asked: Asked) -> bool:
        with self.desk.database.glancing() as session:
            phrases = Phrases(session, find_municipality(session, asked.municipality), asked.language)
            return _from_the_list(self.desk, session, phrases, asked) is not None


class DeleteMyData(SpeakingAction):
    action_name = "action_delete_my_data"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        if asked.topic == "affirm":
            return Words(phrases.say("delete_done"), topic=TOPIC, effects=(WIPE,))
        if (corrected := _from_the_list(self.desk, session, phrases, asked)) is not None:
            return corrected
        return Words(phrases.say("delete_kept"), topic=TOPIC)


def _from_the_list(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Words | None:
    """ "Haal de laatste weg" under what was just told of looking for work; nothing when it names all that was said."""
    if asked.topic != TOPIC or ALL_OF_IT.search(asked.text.casefold()):
        return None
    return lean_on_effort(desk, session, phrases, asked)
