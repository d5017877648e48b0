"""Reminders: which there are, one kind off or on, and all of them stopped."""

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from actions.work_checklist import find_conversation
from services.phrases import Phrases
from services.reminding.answer import answer_reminders, answer_stop
from services.words import Words


class MyReminders(SpeakingAction):
    action_name = "action_my_reminders"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        kind, deed = (str(asked.entities.get(name) or "") for name in ("topic", "kind"))
        conversation = find_conversation(session, asked, phrases.municipality.id)
        return answer_reminders(session, phrases, conversation, kind, deed, self.desk.clock())


class StopReminders(SpeakingAction):
    action_name = "action_stop_reminders"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        return answer_stop(phrases)
