"""Booking, moving and cancelling: Rasa keeps a form open, the talk itself is in our database."""

from collections.abc import Sequence
from typing import Any

import anyio.to_thread
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.desk import Asked, Desk, SpeakingAction
from actions.work_checklist import find_conversation
from services.booking_talk.answer import answer, ask_again
from services.booking_talk.office import Office
from services.booking_talk.reminded import reply_to_reminder
from services.booking_talk.reply import Line, Reply
from services.booking_talk.state import Deed
from services.booking_talk.telling import tell_all
from services.municipalities import find_municipality
from services.phrases import Phrases
from services.words import Words

OPEN, DONE = "open", "done"
MOST_HEARD = 1000
"""Of these some are left over: when another process is asked to say it."""
FORMS = {Deed.BOOK: "booking_form", Deed.MOVE: "moving_form", Deed.CANCEL: "cancelling_form"}


def line_of(asked: Asked) -> Line:
    given = {name: asked.entities.get(name) for name in ("choice", "value", "reference")}
    return Line(asked.text, asked.topic, **{name: str(value) for name, value in given.items() if value is not None})


def office_of(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Office:
    conversation = find_conversation(session, asked, phrases.municipality.id)
    return Office(session, phrases, conversation, desk.clock())


def lean_on_booking(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words] | None:
    """For actions that answer something else: whether this line is a reply to a reminder of an appointment, or an
    answer to a question of this talk that is still open although its form is not."""
    office, line = office_of(desk, session, phrases, asked), line_of(asked)
    reply = reply_to_reminder(office, line)
    if reply is None and not asked.asking:
        reply = answer(office, line)
    return None if reply is None or reply.unclear else reply.words


class AskBooking(SpeakingAction):
    """What a form asks, or what it ends with."""

    deed: Deed

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words]:
        office = office_of(self.desk, session, phrases, asked)
        for_which, heard = self.desk.heard.pop(asked.conversation, (None, None))
        just_now = asked.line is not None and for_which == (asked.line, self.deed)
        reply = heard if just_now else answer(office, line_of(asked), self.deed)
        # What was asked before, or nothing at all when the talk is over.
        return (reply.words if reply is not None else ask_again(office)) or [Words("")]


class AskBookingTold(AskBooking):
    action_name, deed = "action_ask_booking_told", Deed.BOOK


class AskMovingTold(AskBooking):
    action_name, deed = "action_ask_moving_told", Deed.MOVE


class AskCancellingTold(AskBooking):
    action_name, deed = "action_ask_cancelling_told", Deed.CANCEL


class BookConversation(AskBooking):
    action_name, deed = "action_book_conversation", Deed.BOOK


class RescheduleConversation(AskBooking):
    action_name, deed = "action_reschedule_conversation", Deed.MOVE


class CancelConversation(AskBooking):
    action_name, deed = "action_cancel_conversation", Deed.CANCEL


class ShowConversations(SpeakingAction):
    action_name = "action_show_conversations"

    def words(self, session: Session, phrases: Phrases, asked: Asked) -> Sequence[Words]:
        return tell_all(office_of(self.desk, session, phrases, asked))


class ValidateBooking(FormValidationAction):
    """As long as something is asked the form stays open."""

    deed: Deed

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        return f"validate_{FORMS[self.deed]}"

    async def hear(self, tracker: Tracker, slot: str) -> dict[str, Any]:
        """Nothing when the line means nothing in this talk: then its topic answers it first."""
        reply = await anyio.to_thread.run_sync(self._answer, Asked.of(tracker))
        return {} if reply is None else {slot: OPEN if reply.open else DONE}

    def _answer(self, asked: Asked) -> Reply | None:
        with self.desk.database.glancing() as session:
            phrases = Phrases(session, find_municipality(session, asked.municipality), asked.language)
            reply = answer(office_of(self.desk, session, phrases, asked), line_of(asked), self.deed)
        if len(self.desk.heard) >= MOST_HEARD:
            self.desk.heard.clear()
        # Looking for free times is what takes long in this talk: once for a line is enough.
        self.desk.heard[asked.conversation] = (asked.line, self.deed), reply
        return reply


class ValidateBookingForm(ValidateBooking):
    deed = Deed.BOOK

    async def extract_booking_told(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return await self.hear(tracker, "booking_told")

    def validate_booking_told(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"booking_told": None if value == OPEN else value}


class ValidateMovingForm(ValidateBooking):
    deed = Deed.MOVE

    async def extract_moving_told(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return await self.hear(tracker, "moving_told")

    def validate_moving_told(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"moving_told": None if value == OPEN else value}


class ValidateCancellingForm(ValidateBooking):
    deed = Deed.CANCEL

    async def extract_cancelling_told(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return await self.hear(tracker, "cancelling_told")

    def validate_cancelling_told(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"cancelling_told": None if value == OPEN else value}
