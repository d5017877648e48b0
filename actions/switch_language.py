"""Another language: offered when asked for, switched only by a button."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from db.models import TopicKind
from services.answer_topic import answer_topic, find_topic
from services.effects import SPEAK
from services.errors import UnknownTopic
from services.phrases import Phrases
from services.words import Button, Words

LANGUAGES = {"nl": "button_dutch", "en": "button_english"}


class SwitchLanguage(SpeakingAction):
    action_name = "action_switch_language"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words]:
        chosen = asked.entities.get("language")
        if chosen in LANGUAGES:
            there = Phrases(session, phrases.municipality, str(chosen))
            return self._changed(session, there, asked)
        words = answer_topic(session, self.desk.figures, phrases, asked.topic, self.desk.today)
        buttons = [
            Button(phrases.say(label), f'/switch_language{{"language": "{language}"}}')
            for language, label in LANGUAGES.items()
        ]
        return replace(words, buttons=tuple(buttons))

    def _changed(self, session: Session, there: Phrases, asked: Asked) -> Sequence[Words]:
        """Who was asked about the language beside an answer, gets that answer again."""
        speak = (f"{SPEAK}{there.language}",)
        about = str(asked.entities.get("topic", ""))
        if not _can_be_told_again(session, there, about):
            return [Words(there.say("language_changed"), topic=asked.topic, effects=speak)]
        answer = answer_topic(session, self.desk.figures, there, about, self.desk.today)
        return [Words(there.say("language_changed_with_answer"), topic=asked.topic, effects=speak), answer]


def _can_be_told_again(session: Session, phrases: Phrases, name: str) -> bool:
    """An answer can. What belongs to a form or to this chat cannot, but for the help to somebody in danger."""
    try:
        topic = find_topic(session, phrases.municipality.id, name)
    except UnknownTopic:
        return False
    return topic.kind is not TopicKind.TASK or name == "distress"
