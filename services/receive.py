"""A line comes in: stored once, masked, and ready to be answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.models import Channel, Conversation, Message, MessageKind, Municipality
from services.answer_topic import human_button
from services.at_once import PHONE, Arrival, say_at_once
from services.conversations import Address, open_conversation
from services.errors import EmptyLine, TooManyLines, UnknownChoice
from services.keys import Keys
from services.masking import CODE, Masked, code_in, mask, phone_in
from services.people.answer import TOPIC as LINKING
from services.people.written_code import nearly_code
from services.phrases import Phrases
from services.tidy import tidy
from services.transcript import add_line

LINES_A_MINUTE = 20


@dataclass(frozen=True)
class Choice:
    """A pressed button: the number of the message it hangs on, and which one it was (from 0).

    `conversation`: the id of the conversation that message is in. None: one that begins with this very line.
    """

    seq: int
    index: int
    conversation: int | None = None


@dataclass(frozen=True)
class Inbound:
    """What a channel hands over. `external_id` is the channel's own id of the line: twice the same is stored once."""

    channel: Channel
    address: str
    external_id: str
    text: str = ""
    choice: Choice | None = None
    human: bool = False
    """The button 'Medewerker' that is always there; what it means is fixed here, like that of every button."""


@dataclass(frozen=True)
class Received:
    conversation_id: int
    line_id: int
    new: bool


def receive(session: Session, keys: Keys, municipality: Municipality, inbound: Inbound, now: datetime) -> Received:
    """Store a line. Raises EmptyLine, TooManyLines or UnknownChoice; then nothing is stored."""
    again = _stored_before(session, municipality, inbound)
    if again is not None:
        return again
    text = tidy(inbound.text)
    if inbound.choice is None and not inbound.human and not text:
        raise EmptyLine
    address = Address(municipality, inbound.channel, inbound.address)
    conversation = open_conversation(session, keys, address, now)
    # Looked at once more under the lock of the contact point: the same line may have come in twice at once.
    again = _stored_before(session, municipality, inbound)
    if again is not None:
        return again
    _refuse_a_flood(session, conversation, now)
    payload = None
    if inbound.choice is not None:
        text, payload = _chosen(session, conversation, inbound.choice)
    elif inbound.human:
        button = human_button(Phrases(session, municipality, conversation.language))
        text, payload = button.label, button.payload
    masked, code = _hidden(text, asked_for_code=conversation.topic == LINKING and payload is None)
    detail = {"masked": list(masked.kinds)} if masked.kinds else {}
    line = add_line(session, conversation, masked.text, _external(inbound), payload, detail, now)
    # The only place where a number is read before it is hidden; it is kept sealed, or not at all.
    phone = phone_in(text) if PHONE in masked.kinds else None
    say_at_once(Arrival(session, keys, municipality, conversation, line, phone, now, code))
    return Received(conversation.id, line.id, new=True)


def _hidden(text: str, asked_for_code: bool) -> tuple[Masked, str | None]:
    """The line without what is personal, and the linking code that stood in it: kept nowhere, and seen by nobody else.

    Who was asked for a code and typed something like one has tried it, and has hardly hidden it less than a right one.
    """
    masked = mask(text)
    if CODE in masked.kinds:
        return masked, code_in(text)
    if asked_for_code and nearly_code(text):
        return Masked(f"[{CODE}]", (CODE,)), text
    return masked, None


def _external(inbound: Inbound) -> str:
    return f"{inbound.channel}:{inbound.external_id}"[:120]


_STORED = select(Message.conversation_id, Message.id).where(
    Message.municipality_id == bindparam("municipality"), Message.external_id == bindparam("external")
)
_RECENT = select(func.count()).where(
    Message.municipality_id == bindparam("municipality"),
    Message.conversation_id == bindparam("conversation"),
    Message.kind == MessageKind.LINE,
    Message.created_at > bindparam("since"),
)


def _stored_before(session: Session, municipality: Municipality, inbound: Inbound) -> Received | None:
    values = {"municipality": municipality.id, "external": _external(inbound)}
    found = session.execute(_STORED, values).first()
    return None if found is None else Received(*found, new=False)


def _refuse_a_flood(session: Session, conversation: Conversation, now: datetime) -> None:
    values = {
        "municipality": conversation.municipality_id,
        "conversation": conversation.id,
        "since": now - timedelta(minutes=1),
    }
    if (session.scalar(_RECENT, values) or 0) >= LINES_A_MINUTE:
        raise TooManyLines


def _chosen(session: Session, conversation: Conversation, choice: Choice) -> tuple[str, str]:
    """Label and meaning of a button; both come from our own transcript, not from the client."""
    if choice.conversation not in (None, conversation.id):
        # Messages are numbered anew in every conversation: an old button must not press a newer one.
        raise UnknownChoice
    message = session.scalar(
        select(Message).where(
            Message.municipality_id == conversation.municipality_id,
            Message.conversation_id == conversation.id,
            Message.seq == choice.seq,
            Message.kind != MessageKind.LINE,
        )
    )
    buttons = message.detail.get("buttons", []) if message else []
    if not 0 <= choice.index < len(buttons):
        raise UnknownChoice
    return buttons[choice.index]["label"], buttons[choice.index]["payload"]
