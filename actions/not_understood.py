"""Not sure what was meant: offer the nearest topics, and a person."""

from collections.abc import Sequence

from rasa_sdk.interfaces import Tracker
from sqlalchemy.orm import Session

from actions.booking import lean_on_booking
from actions.calculate_income import lean_on_calculation
from actions.desk import Asked, SpeakingAction
from actions.log_search_effort import lean_on_effort
from services.not_understood import not_understood
from services.phrases import Phrases
from services.words import Words


class NotUnderstood(SpeakingAction):
    action_name = "action_not_understood"

    def said_before(self, tracker: Tracker) -> bool:
        """Whether the line before this one was not understood either: the second stage of the fallback."""
        lines = 0
        for event in reversed(tracker.events):
            if event.get("event") == "user":
                lines += 1
            if event.get("event") == "action" and event.get("name") == self.name():
                return lines == 1
            if lines > 1:
                return False
        return False

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        leaning: Words | Sequence[Words] | None = lean_on_booking(self.desk, session, phrases, asked)
        leaning = leaning or lean_on_effort(self.desk, session, phrases, asked)
        leaning = leaning or lean_on_calculation(self.desk, session, phrases, asked)
        return leaning or not_understood(session, phrases, asked.ranking, asked.text, asked.again)
