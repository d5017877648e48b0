"""Answer a topic, and explain more when asked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from actions.going_on import lean_on_talk
from services.answer_again import answer_on
from services.answer_topic import answer_topic, explain_more
from services.follow_up import Heard, lean_on_answer
from services.not_understood import not_understood
from services.phrases import Phrases
from services.weigh_again import Leaning
from services.words import Words


def lean_on_last_answer(session: Session, phrases: Phrases, asked: Asked) -> Leaning | None:
    """What this line means after the answers before it. While a form asks something, it is about that; a button is
    about what stands on it."""
    if asked.asking or asked.text.startswith("/"):
        return None
    understood = asked.topic if asked.topic in asked.likely else None
    heard = Heard(asked.text, understood, asked.likely)
    return lean_on_answer(session, phrases.municipality.id, asked.conversation, heard)


class AnswerTopic(SpeakingAction):
    action_name = "action_answer_topic"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        going_on = lean_on_talk(self.desk, session, phrases, asked)
        if going_on is not None:
            return going_on
        if asked.text.startswith("/"):
            return answer_topic(session, self.desk.figures, phrases, asked.topic, self.desk.today)
        leaning = lean_on_last_answer(session, phrases, asked) or Leaning(asked.topic, ())
        if leaning.topic is None:
            return not_understood(session, phrases, leaning.nearest, asked.text, again=False)
        return answer_on(
            session, self.desk.figures, phrases, leaning.topic, self.desk.today, asked.conversation, asked.text
        )


class ExplainMore(SpeakingAction):
    action_name = "action_more_explanation"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return explain_more(session, self.desk.figures, phrases, str(asked.entities["topic"]), self.desk.today)
