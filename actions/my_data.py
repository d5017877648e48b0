"""Which data are kept: what holds for every conversation, and what there is of whoever talks here."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from actions.work_checklist import find_conversation
from services.answer_again import answer_on
from services.people.kept import TOPIC, tell_kept
from services.phrases import Phrases
from services.words import Words


class MyData(SpeakingAction):
    action_name = "action_my_data"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words]:
        general = answer_on(session, self.desk.figures, phrases, TOPIC, self.desk.today, asked.conversation, asked.text)
        conversation = find_conversation(session, asked, phrases.municipality.id)
        own = tell_kept(session, phrases, conversation, self.desk.clock())
        return [general] if own is None else [general, own]
