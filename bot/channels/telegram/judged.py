"""`Klopt` or `Klopt niet` under an answer: kept, and thanked for on the button itself. The chat stays as it was."""

from sqlalchemy.orm import Session

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.updates import Judged
from db.models import Channel
from services.conversations import Address, find_conversation
from services.errors import ServiceError, TooManyLines, UnknownAnswer
from services.feedback import judge
from services.municipalities import find_municipality
from services.outbox import mark_reach
from services.phrases import DEFAULT_LANGUAGE, Phrases

REFUSED: dict[type[ServiceError], str] = {UnknownAnswer: "judge_gone", TooManyLines: "judge_too_many"}


def store_judgement(door: TelegramDoor, event: Judged) -> str:
    """The sentence that Telegram shows for a moment. The same update twice changes nothing."""
    try:
        with door.database.writing() as session:
            address, now = _address(session, door, event), door.clock()
            judge(session, door.keys, address, event.answer, event.right, now)
            mark_reach(session, door.keys, address, True, now)
            return _say(session, door, address, "judge_thanks")
    except (UnknownAnswer, TooManyLines) as refusal:
        with door.database.reading() as session:
            return _say(session, door, _address(session, door, event), REFUSED[type(refusal)])


def _address(session: Session, door: TelegramDoor, event: Judged) -> Address:
    return Address(find_municipality(session, door.municipality_slug), Channel.TELEGRAM, event.address)


def _say(session: Session, door: TelegramDoor, address: Address, phrase: str) -> str:
    conversation = find_conversation(session, door.keys, address, door.clock())
    language = conversation.language if conversation else DEFAULT_LANGUAGE
    return Phrases(session, address.municipality, language).say(phrase)
