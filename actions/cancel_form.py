"""The resident does not want to go on with what was being asked."""

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from services.answer_topic import human_button
from services.phrases import Phrases
from services.words import Words


class CancelForm(SpeakingAction):
    action_name = "action_cancel_form"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return Words(phrases.say("cancelled_form"), buttons=(human_button(phrases),))
