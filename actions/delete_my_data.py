"""Wipe this conversation: asked once more, then done together with the answer."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, SpeakingAction
from actions.work_checklist import find_conversation
from services.effects import WIPE
from services.phrases import Phrases
from services.wipe_told import told_before_wiping
from services.words import Button, Words

SLOT = "delete_confirmed"
ANSWERS = {"affirm": True, "deny": False}


class AskDeleteConfirmed(SpeakingAction):
    action_name = f"action_ask_{SLOT}"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        buttons = (Button(phrases.say("button_yes"), "/affirm"), Button(phrases.say("button_no"), "/deny"))
        if asked.again:
            return Words(phrases.say("delete_ask_again"), topic="delete_my_data", buttons=buttons)
        conversation = find_conversation(session, asked, phrases.municipality.id)
        told = told_before_wiping(session, phrases, conversation, self.desk.clock()) if conversation else []
        return Words(" ".join((phrases.say("delete_ask"), *told)), topic="delete_my_data", buttons=buttons)


class ValidateDeleteMyDataForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return "validate_delete_my_data_form"

    def extract_delete_confirmed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Only a plain yes or no counts; anything else leaves the question open."""
        return {SLOT: ANSWERS[topic]} if (topic := Asked.of(tracker).topic) in ANSWERS else {}

    def validate_delete_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {SLOT: value if isinstance(value, bool) else None}


class DeleteMyData(SpeakingAction):
    action_name = "action_delete_my_data"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        if asked.topic == "affirm":
            return Words(phrases.say("delete_done"), topic="delete_my_data", effects=(WIPE,))
        return Words(phrases.say("delete_kept"), topic="delete_my_data")
