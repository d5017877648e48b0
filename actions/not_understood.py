"""Not sure what was meant: offer the nearest topics, and a person."""

from dataclasses import dataclass

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Event, SpeakingAction
from services.not_understood import not_understood
from services.phrases import Phrases
from services.words import Words


@dataclass(frozen=True)
class AskedAgain(Asked):
    again: bool = False


class NotUnderstood(SpeakingAction):
    action_name = "action_not_understood"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        asked = Asked.of(tracker)
        await self.speak(dispatcher, AskedAgain(**vars(asked), again=_was_not_understood_before(tracker, self.name())))
        return []

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Words:
        again = isinstance(asked, AskedAgain) and asked.again
        return not_understood(session, phrases, asked.ranking, asked.text, again)


def _was_not_understood_before(tracker: Tracker, name: str) -> bool:
    """Whether the line before this one was not understood either: the second stage of the fallback."""
    lines = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            lines += 1
        if event.get("event") == "action" and event.get("name") == name:
            return lines == 1
        if lines > 1:
            return False
    return False
