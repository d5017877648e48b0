"""Write down what came in over Telegram. One transaction an update; the same update twice changes nothing."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.updates import Began, Event, NotWords, Pressed, Reach, Said
from db.models import Channel, Conversation, Message, Municipality
from db.models.conversation import ANSWERED_BY_BOT
from services.answer_topic import human_button
from services.conversations import Address, find_conversation, open_conversation, welcome
from services.errors import EmptyLine, ServiceError, TooManyLines, UnknownChoice
from services.municipalities import find_municipality
from services.outbox import mark_reach
from services.phrases import Phrases
from services.receive import Inbound, receive
from services.transcript import HandOver, add_words, messages_after
from services.words import Words

REFUSED: dict[type[ServiceError], str] = {
    EmptyLine: "line_empty",
    TooManyLines: "too_many_lines",
    UnknownChoice: "old_button",
}
WITH_PERSON_INSTEAD = {"file_not_read": "file_not_arrived", "no_words": "file_not_arrived"}
"""Who talks with a person hears that the person does not see it either."""
LATELY = timedelta(minutes=1)
"""Ten photos in a row are ten updates; the same sentence is not said ten times."""


def store(door: TelegramDoor, event: Event) -> int | None:
    """The conversation in which something was written, if any."""
    try:
        return _store(door, event)
    except IntegrityError:
        # Another process stored the same update, or met the same resident for the first time, at this very moment.
        return _store(door, event)


def _store(door: TelegramDoor, event: Event) -> int | None:
    try:
        with door.database.writing() as session:
            return _Deed(door, session).do(event)
    except (EmptyLine, TooManyLines, UnknownChoice) as refusal:
        assert isinstance(event, Said | Pressed)  # noqa: S101  nothing else raises these
        with door.database.writing() as session:
            return _Deed(door, session).tell(event.inbound, REFUSED[type(refusal)])


class _Deed:
    """What all the steps of one transaction need."""

    def __init__(self, door: TelegramDoor, session: Session) -> None:
        self.session = session
        self.keys = door.keys
        self.now = door.clock()
        self.municipality: Municipality = find_municipality(session, door.municipality_slug)

    def do(self, event: Event) -> int | None:
        match event:
            case Said(inbound):
                return self.take_line(inbound)
            case Pressed(inbound):
                if inbound.choice is None:
                    raise UnknownChoice  # not one of our buttons
                return self.take_line(inbound)
            case Began(inbound):
                return self.begin(inbound)
            case NotWords(inbound, phrase):
                return self.tell(inbound, phrase)
            case Reach(address, reachable):
                mark_reach(self.session, self.keys, self.address(address), reachable, self.now)
        return None

    def take_line(self, inbound: Inbound) -> int | None:
        received = receive(self.session, self.keys, self.municipality, inbound, self.now)
        mark_reach(self.session, self.keys, self.address(inbound.address), True, self.now)
        return received.conversation_id if received.new else None

    def begin(self, inbound: Inbound) -> int | None:
        """The welcome is the answer to /start; again when somebody presses it again, but not over a person's head."""
        known = find_conversation(self.session, self.keys, self.address(inbound.address), self.now)
        if self.done_before(inbound):
            return None
        conversation = open_conversation(self.session, self.keys, self.address(inbound.address), self.now)
        begun_now = known is None or known.id != conversation.id
        if not begun_now and not self.welcome_again(conversation):
            return None
        self.newest(conversation)[-1].external_id = _external(inbound)
        mark_reach(self.session, self.keys, self.address(inbound.address), True, self.now)
        return conversation.id

    def welcome_again(self, conversation: Conversation) -> bool:
        said = welcome(self.session, self.municipality, Channel.TELEGRAM, conversation.language)
        if conversation.state not in ANSWERED_BY_BOT or self.said_lately(conversation, said[-1].text):
            return False
        for words in said:
            add_words(self.session, conversation, words, self.now)
        return True

    def tell(self, inbound: Inbound, phrase: str) -> int | None:
        """Say why something was not taken in. Of the thing itself nothing is kept."""
        if self.done_before(inbound):
            return None
        conversation = open_conversation(self.session, self.keys, self.address(inbound.address), self.now)
        phrases = Phrases(self.session, self.municipality, conversation.language)
        with_bot = conversation.state in ANSWERED_BY_BOT
        if with_bot:
            words = Words(phrases.say(phrase), buttons=(human_button(phrases),))
        else:
            words = Words(phrases.say(WITH_PERSON_INSTEAD.get(phrase, phrase)))
        if self.said_lately(conversation, words.text):
            return None
        hand_over = None if with_bot else HandOver.NOT_SHOWN
        notice = add_words(self.session, conversation, words, self.now, hand_over=hand_over)
        assert notice is not None  # noqa: S101  the conversation is locked, and its state was looked at
        notice.external_id = _external(inbound)
        mark_reach(self.session, self.keys, self.address(inbound.address), True, self.now)
        return conversation.id

    def said_lately(self, conversation: Conversation, text: str) -> bool:
        recent = (m for m in self.newest(conversation) if m.created_at > self.now - LATELY)
        return any(message.text == text for message in recent)

    def newest(self, conversation: Conversation) -> list[Message]:
        """Of this transaction and at most the fifty before it."""
        return messages_after(self.session, conversation, conversation.last_seq - 50)

    def done_before(self, inbound: Inbound) -> bool:
        query = select(Message.id).where(
            Message.municipality_id == self.municipality.id, Message.external_id == _external(inbound)
        )
        return self.session.scalar(query) is not None

    def address(self, chat: str) -> Address:
        return Address(self.municipality, Channel.TELEGRAM, chat)


def _external(inbound: Inbound) -> str:
    """A notice about an update carries the update's own id, as a stored line does: so it is said once."""
    return f"{inbound.channel}:{inbound.external_id}"
