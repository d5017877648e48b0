"""Answer a topic, and explain more when asked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.booking import lean_on_booking
from actions.calculate_income import lean_on_calculation
from actions.desk import Asked, SpeakingAction
from actions.log_search_effort import lean_on_effort
from services.answer_topic import answer_topic, explain_more
from services.phrases import Phrases
from services.words import Words


class AnswerTopic(SpeakingAction):
    action_name = "action_answer_topic"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        leaning: Words | Sequence[Words] | None = lean_on_booking(self.desk, session, phrases, asked)
        leaning = leaning or lean_on_effort(self.desk, session, phrases, asked)
        leaning = leaning or lean_on_calculation(self.desk, session, phrases, asked)
        return leaning or answer_topic(session, self.desk.figures, phrases, asked.topic, self.desk.today)


class ExplainMore(SpeakingAction):
    action_name = "action_more_explanation"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return explain_more(session, self.desk.figures, phrases, str(asked.entities["topic"]), self.desk.today)
