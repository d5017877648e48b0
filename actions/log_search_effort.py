"""What was done to find work: told in one line, or asked for; shown, corrected."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, SpeakingAction
from actions.work_checklist import find_conversation
from services.effort.answer import TOPIC, Office, answer_effort, answer_heard, ask_effort
from services.effort.day_told import find_past_day
from services.effort.hear import Deed, hear_correction, hear_effort, hear_more, kind_in
from services.phrases import Phrases
from services.words import Words

SLOT, FORM = "effort_told", "log_search_effort_form"
TELLING = (TOPIC, "report_change", "nlu_fallback", "out_of_scope")
"""Topics as which something that was done is understood; anything else is a question in between."""


class EffortAction(SpeakingAction):
    """Speaks about the list of whoever talks here."""

    def office(self, session: Session, phrases: Phrases, asked: Asked) -> Office:
        conversation = find_conversation(session, asked, phrases.municipality.id)
        return Office(session, phrases, conversation, self.desk.clock())


class AskEffortTold(EffortAction):
    action_name = f"action_ask_{SLOT}"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return ask_effort(self.office(session, phrases, asked), asked.again)


class ValidateLogSearchEffortForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return f"validate_{FORM}"

    def extract_effort_told(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """A button, or words that tell something; nothing as long as it is still to be told."""
        asked = Asked.of(tracker)
        if asked.topic == TOPIC and asked.entities.get("kind"):
            return {SLOT: "chosen"}
        waiting = tracker.active_loop.get("name") == FORM
        if asked.topic not in TELLING and not (waiting and find_past_day(asked.text, self.desk.today)):
            return {}
        if asked.topic != TOPIC and kind_in(asked.text.casefold()) is None and not waiting:
            return {}
        heard = hear_effort(asked.text, self.desk.today, asked=waiting)
        return {} if heard.deed is Deed.ASK else {SLOT: "told"}

    def validate_effort_told(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {SLOT: value if value in ("told", "chosen") else None}


class LogSearchEffort(EffortAction):
    action_name = "action_log_search_effort"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return answer_effort(self.office(session, phrases, asked), asked.text, asked.entities, asked=True)


def lean_on_effort(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Words | None:
    """For actions that answer something else: whether this line corrects what was told just before, or goes on."""
    heard = hear_correction(asked.text, desk.today) or hear_more(asked.text, desk.today)
    if heard is None:
        return None
    conversation = find_conversation(session, asked, phrases.municipality.id)
    if conversation is None or conversation.topic != TOPIC:
        return None
    return answer_heard(Office(session, phrases, conversation, desk.clock()), heard, asked.text)
