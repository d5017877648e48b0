"""What was agreed with the municipality: the list, and what of it is done."""

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from actions.work_checklist import find_conversation
from services.agreements_told import answer_agreements
from services.phrases import Phrases
from services.words import Words


class MyAgreements(SpeakingAction):
    action_name = "action_my_agreements"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        conversation = find_conversation(session, asked, phrases.municipality.id)
        return answer_agreements(session, phrases, conversation, asked.text, asked.entities, self.desk.clock())
