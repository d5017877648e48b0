"""A person is asked for. When that can be is said by the effect: it knows the conversation."""

from dataclasses import replace

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from services.answer_topic import answer_topic
from services.effects import asking_for_person
from services.phrases import Phrases
from services.words import Words


class TalkToHuman(SpeakingAction):
    action_name = "action_talk_to_human"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        words = answer_topic(session, self.desk.figures, phrases, asked.topic, self.desk.today)
        return replace(words, effects=(asking_for_person(asked.topic),))
