"""Another language: offered when asked for, switched only by a button."""

from dataclasses import replace

from sqlalchemy.orm import Session

from actions.desk import Asked, SpeakingAction
from services.answer_topic import answer_topic
from services.effects import SPEAK
from services.phrases import Phrases
from services.words import Button, Words

LANGUAGES = {"nl": "button_dutch", "en": "button_english"}


class SwitchLanguage(SpeakingAction):
    action_name = "action_switch_language"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        chosen = asked.entities.get("language")
        if chosen in LANGUAGES:
            there = Phrases(session, phrases.municipality, str(chosen))
            return Words(there.say("language_changed"), topic=asked.topic, effects=(f"{SPEAK}{chosen}",))
        words = answer_topic(session, self.desk.figures, phrases, asked.topic, self.desk.today)
        buttons = [
            Button(phrases.say(label), f'/switch_language{{"language": "{language}"}}')
            for language, label in LANGUAGES.items()
        ]
        return replace(words, buttons=tuple(buttons))
