"""A chat and the case of who talks: ask for the code, tell of the link, undo it. The code itself never comes here."""

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from actions.work_checklist import find_conversation
from services.people.answer import answer_link
from services.phrases import Phrases
from services.words import Words


class LinkCase(SpeakingAction):
    action_name = "action_link_case"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        conversation = find_conversation(session, asked, phrases.municipality.id)
        return answer_link(session, phrases, conversation, asked.text, str(asked.entities.get("kind") or ""))
