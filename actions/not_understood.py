"""Not sure what was meant: offer the nearest topics, and a person."""

from collections.abc import Sequence

from rasa_sdk.interfaces import Tracker
from sqlalchemy.orm import Session

from actions.answer_topic import lean_on_last_answer
from actions.desk import Asked, SpeakingAction
from actions.going_on import lean_on_talk
from services.answer_again import answer_on
from services.follow_up import was_answered
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
        going_on = lean_on_talk(self.desk, session, phrases, asked)
        if going_on is not None:
            return going_on
        leaning = lean_on_last_answer(session, phrases, asked)
        if leaning is not None and leaning.topic is not None:
            return answer_on(
                session, self.desk.figures, phrases, leaning.topic, self.desk.today, asked.conversation, asked.text
            )
        nearest = leaning.nearest if leaning is not None else tuple(asked.likely)
        # What this action said before may have been an answer after all.
        again = asked.again and not was_answered(session, phrases.municipality.id, asked.conversation)
        return not_understood(session, phrases, nearest, asked.text, again)
