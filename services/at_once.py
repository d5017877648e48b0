"""What is said of a line as it comes in: what was odd about it, and what came of a phone number or a linking code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation, ConversationState, Message, MessageKind, MessageStatus, Municipality
from db.models.conversation import ANSWERED_BY_BOT
from services.answer_topic import human_button
from services.calendar import day_and_time
from services.callbacks import keep_number, last_digits, open_callback, promise, withdraw
from services.keys import Keys
from services.masking import CODE
from services.office_hours import hours_known, next_opening, open_now
from services.people.answer import answer_code
from services.phrases import Phrases
from services.reminding.answer import answer_stop
from services.reminding.effect import change_reminders
from services.reminding.letter import READ, newest_letter
from services.reminding.stop_word import says_stop, stops_here
from services.tidy import READ_AT_MOST, has_words
from services.transcript import HandOver, add_words
from services.words import Button, Words

WITHDRAW = "/withdraw_callback"
"""What the button to take back a request means. It needs no understanding."""
ONLY_A_NUMBER = 6
"""Words. A line with a number and no more than these is about the number; a longer one asks something besides."""
ONLY_A_CODE = 12
"""The same of a linking code: who types one tells where it came from."""
PHONE = "telefoonnummer"


@dataclass(frozen=True)
class Arrival:
    """A stored line, under the lock of its conversation. `phone` and `code`: what stood in it before it was masked."""

    session: Session
    keys: Keys
    town: Municipality
    conversation: Conversation
    line: Message
    phone: str | None
    now: datetime
    code: str | None = None

    @property
    def with_bot(self) -> bool:
        return self.conversation.state in ANSWERED_BY_BOT

    def notice(self, words: Words, hand_over: HandOver) -> None:
        """Said now, also when a person has the chat."""
        add_words(self.session, self.conversation, words, self.now, hand_over=None if self.with_bot else hand_over)

    def answer(self, words: Words) -> None:
        """Said as the answer: nobody else has to look at this line."""
        add_words(self.session, self.conversation, words, self.now, MessageKind.ANSWER, self.line.id)
        self.line.status = MessageStatus.ANSWERED


def say_at_once(arrival: Arrival) -> None:
    """A warning comes before the answer; what needs no understanding is answered here and now."""
    phrases = Phrases(arrival.session, arrival.town, arrival.conversation.language)
    if arrival.line.payload == WITHDRAW:
        _withdraw(arrival, phrases)
        return
    if arrival.line.payload == READ:
        _read(arrival, phrases)
        return
    if says_stop(arrival.line.text) and arrival.line.payload is None and stops_here(arrival.session, arrival.line):
        _stop(arrival, phrases)
        return
    if arrival.code is not None:
        _try_code(arrival, phrases, arrival.code)
    number_kept = arrival.phone is not None and _keep_number(arrival, phrases, arrival.phone)
    _say_what_was_hidden(arrival, phrases, number_kept)
    if arrival.with_bot:
        _say_what_cannot_be_read(arrival, phrases)
    else:
        _say_when_nobody_is_there(arrival, phrases)


def _try_code(arrival: Arrival, phrases: Phrases, code: str) -> None:
    """Here and now: the code goes no further, and Rasa never sees it."""
    words = answer_code(arrival.session, arrival.keys, phrases, arrival.conversation, code, arrival.now)
    if arrival.with_bot and len(arrival.line.text.split()) <= ONLY_A_CODE:
        arrival.answer(words)
    else:
        arrival.notice(words, HandOver.LINKED)


def _withdraw(arrival: Arrival, phrases: Phrases) -> None:
    done = withdraw(arrival.session, arrival.conversation, arrival.now)
    words = Words(phrases.say("callback_withdrawn" if done else "callback_not_there"))
    if arrival.with_bot:
        arrival.answer(words)
    else:
        arrival.notice(words, HandOver.NUMBER)


def _read(arrival: Arrival, phrases: Phrases) -> None:
    """The message that came over a channel which others can read along: shown now, because the resident asks."""
    words = newest_letter(arrival.session, arrival.conversation) or Words(phrases.say("message_gone"))
    if arrival.with_bot:
        arrival.answer(words)
    else:
        arrival.notice(words, HandOver.REMINDER)


def _stop(arrival: Arrival, phrases: Phrases) -> None:
    """Honoured now, also when the understanding is away or a person has the chat."""
    words = answer_stop(phrases)
    for effect in words.effects:
        if isinstance(effect, dict):
            change_reminders(arrival.session, arrival.conversation, effect, arrival.now)
    if arrival.with_bot:
        arrival.answer(words)
    else:
        arrival.notice(words, HandOver.REMINDER)


def _keep_number(arrival: Arrival, phrases: Phrases, phone: str) -> bool:
    """Only where somebody is to get in touch: while waiting, with a person, or when it was promised."""
    session, conversation = arrival.session, arrival.conversation
    if conversation.state is ConversationState.BOT and open_callback(session, conversation) is None:
        return False
    request = promise(session, conversation, arrival.now)
    if request is None:
        return False
    keep_number(arrival.keys, request, phone)
    conversation.wait_told_at = arrival.now
    when = day_and_time(request.promised_by, phrases.language)
    words = Words(
        phrases.say("callback_kept", datum=when, cijfers=last_digits(phone)),
        buttons=(Button(phrases.say("button_withdraw"), WITHDRAW),),
    )
    if arrival.with_bot and len(arrival.line.text.split()) <= ONLY_A_NUMBER:
        arrival.answer(words)
    else:
        arrival.notice(words, HandOver.NUMBER)
    return True


def _say_what_was_hidden(arrival: Arrival, phrases: Phrases, number_kept: bool) -> None:
    told = {CODE, PHONE} if number_kept else {CODE}
    if set(arrival.line.detail.get("masked", ())) - told:
        key = "masked_warning" if arrival.with_bot else "masked_for_person"
        arrival.notice(Words(phrases.say(key)), HandOver.NOT_SHOWN)


def _say_what_cannot_be_read(arrival: Arrival, phrases: Phrases) -> None:
    if len(arrival.line.text) > READ_AT_MOST:
        add_words(arrival.session, arrival.conversation, Words(phrases.say("line_too_long")), arrival.now)
    if not has_words(arrival.line.text):
        arrival.answer(Words(phrases.say("no_words"), buttons=(human_button(phrases),)))


def _say_when_nobody_is_there(arrival: Arrival, phrases: Phrases) -> None:
    """Once, until the next reply: a colleague who has the chat may have gone home."""
    town, conversation, now = arrival.town, arrival.conversation, arrival.now
    if conversation.wait_told_at is not None or not hours_known(town) or open_now(town, now):
        return
    opening = next_opening(town, now)
    if opening is not None:
        conversation.wait_told_at = now
        when = day_and_time(opening.closes, phrases.language)
        arrival.notice(Words(phrases.say("human_away", datum=when)), HandOver.AWAY)
