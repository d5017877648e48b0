"""What is left when somebody works: Rasa keeps the form open, the talk itself is in our database."""

from collections.abc import Sequence
from typing import Any

import anyio.to_thread
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, SpeakingAction
from services.income_talk.hear import Heard, Known, Line, Verdict, hear, next_question
from services.income_talk.talk import known_of, say_back
from services.leaning import lean
from services.municipalities import find_municipality
from services.phrases import Phrases
from services.words import Words

SLOT = "income_told"


def line_of(asked: Asked) -> Line:
    choice, value = asked.entities.get("choice"), asked.entities.get("value")
    return Line(asked.text, asked.topic, str(choice) if choice else None, str(value) if value is not None else None)


def lean_on_calculation(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words] | None:
    """For actions that answer something else: whether this line belongs to a calculation after all."""
    town = phrases.municipality.id
    heard = lean(session, town, asked.conversation, line_of(asked), desk.law, desk.today)
    return None if heard is None else say_back(heard, session, phrases, desk.law, desk.today)


class AskIncomeTold(SpeakingAction):
    action_name = f"action_ask_{SLOT}"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words]:
        known = known_of(session, phrases.municipality.id, asked.conversation, self.desk.law, self.desk.today)
        heard = hear(line_of(asked), known) or _asked_again(known)
        return say_back(heard, session, phrases, self.desk.law, self.desk.today)


class CalculateIncome(AskIncomeTold):
    """The form is done: an outcome, a refusal, or an end."""

    action_name = "action_calculate_income"


class ValidateCalculateIncomeForm(FormValidationAction):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return "validate_calculate_income_form"

    async def extract_income_told(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """What the line means in this talk. Nothing when it means nothing there: then its topic answers it first."""
        heard = await anyio.to_thread.run_sync(self._hear, Asked.of(tracker))
        return {} if heard is None else {SLOT: heard.verdict.value}

    def validate_income_told(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """As long as something is to be asked the form stays open."""
        return {SLOT: None if value == Verdict.ASK else value}

    def _hear(self, asked: Asked) -> Heard | None:
        with self.desk.database.glancing() as session:
            town = find_municipality(session, asked.municipality)
            return hear(line_of(asked), known_of(session, town.id, asked.conversation, self.desk.law, self.desk.today))


def _asked_again(known: Known) -> Heard:
    """After a question in between: where the talk was."""
    question = known.waiting or next_question(known.answers, known.today)
    return Heard(Verdict.ASK if question else Verdict.SHOW, known.answers, question)
