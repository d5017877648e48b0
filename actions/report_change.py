"""Something changed: what kind of change, and then how to report exactly that.

After an answer to something else it is asked once, briefly, whether he still wants to report; after another the form
is left."""

import re
from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, Event, SpeakingAction
from services.answer_topic import human_button, topic_buttons
from services.income_talk.lines import is_question
from services.income_talk.numbers import plain
from services.phrases import Phrases
from services.report_change import KINDS, TOPIC, only_offered, recognise_kind
from services.second_request import URGENT
from services.words import Button, Words

SLOT = "change_kind"
TELLING = ("report_change", "what_to_report", "nlu_fallback", "out_of_scope", "log_search_effort")
"""Topics as which a told change is understood; anything else is a question in between, unless it tells something."""
TELLS = re.compile(r"^(?:ik|we|wij|mijn|mn|m'n|me|er|i|i'm|my|there)\b")


def _tells(line: str) -> bool:
    """ "Ik ga verhuizen" is what changed, whatever topic it is of; "mag ik verhuizen" is a question."""
    return TELLS.search(plain(line)) is not None and not is_question(line)


class AskChangeKind(SpeakingAction):
    action_name = f"action_ask_{SLOT}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        """With nothing left to ask the form is left: Rasa then ends it as if it were filled."""
        await super().run(dispatcher, tracker, domain)
        return [] if dispatcher.messages else [SlotSet(REQUESTED_SLOT, None)]

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        offered = asked.again and only_offered(session, phrases.municipality.id, asked.conversation)
        if not asked.again or asked.topic == TOPIC:
            return self._ask(phrases, "report_change_ask_again" if asked.again and not offered else "report_change_ask")
        if offered or asked.topic in URGENT:
            return ()
        if asked.topic == "nlu_fallback":
            return self._ask(phrases, "report_change_ask_again")
        buttons = tuple(topic_buttons(session, phrases, [TOPIC]))
        return Words(phrases.say("report_change_still"), topic=TOPIC, buttons=buttons)

    def _ask(self, phrases: Phrases, key: str) -> Words:
        buttons = [
            Button(phrases.say(f"report_change.{kind}.label"), f'/report_change{{"kind": "{kind}"}}') for kind in KINDS
        ]
        return Words(phrases.say(key), topic=TOPIC, buttons=tuple(buttons))


class ValidateReportChangeForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return "validate_report_change_form"

    def extract_change_kind(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """A button, or words that tell something. A question about something else is answered first."""
        asked = Asked.of(tracker)
        told = recognise_kind(asked.text) if asked.topic in TELLING or _tells(asked.text) else None
        kind = asked.entities.get("kind") or told
        return {SLOT: kind} if kind else {}

    def validate_change_kind(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {SLOT: value if value in KINDS else None}


class ReportChange(SpeakingAction):
    action_name = "action_report_change"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Any]:
        kind = tracker.get_slot(SLOT)
        if kind is None:  # the form was left
            return []
        asked = Asked.of(tracker)
        asked.entities["kind"] = kind
        await self.speak(dispatcher, asked)
        return []

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        kind = str(asked.entities["kind"])
        text = phrases.say(f"report_change.{kind}.text")
        return Words(text, topic=TOPIC, buttons=(human_button(phrases),))
