"""Whether an answer was right, according to who got it: told once an answer, and changed as often as a mind changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Conversation, Feedback, Message, MessageKind
from services.conversations import Address, find_contact_point
from services.errors import TooManyLines, UnknownAnswer
from services.keys import Keys
from services.masking import mask
from services.receive import LINES_A_MINUTE
from services.tidy import tidy

LONGEST_REMARK = 500
"""Characters. Enough for what is wrong, too few for somebody's life."""
REST = timedelta(minutes=1)


def may_be_judged(message: Message) -> bool:
    """An answer to a question; what was asked, offered or noticed cannot be right or wrong."""
    return message.kind is MessageKind.ANSWER and message.topic is not None and bool(message.detail.get("to_judge"))


def judge(session: Session, keys: Keys, address: Address, message_id: int, right: bool, now: datetime) -> Feedback:
    """Write down whether this answer was right. Raises UnknownAnswer or TooManyLines.

    Of who changes his mind the remark goes: it was about something else.
    """
    message = _lock_answer(session, keys, address, message_id)
    found = _given_on(session, message)
    if found is not None and found.right is right:
        return found
    _refuse_a_flood(session, message, now)
    if found is None:
        found = Feedback(
            municipality_id=message.municipality_id,
            message_id=message.id,
            topic=message.topic or "",
            revision=message.detail.get("revision"),
            presses=0,
            given_at=now,
        )
        session.add(found)
    _press(found, now)
    found.right, found.remark = right, None
    session.flush()
    return found


def tell_what_is_wrong(
    session: Session, keys: Keys, address: Address, message_id: int, text: str, now: datetime
) -> Feedback:
    """Keep a remark beside a "not right"; nothing said is nothing changed. Raises UnknownAnswer or TooManyLines."""
    message = _lock_answer(session, keys, address, message_id)
    found = _given_on(session, message)
    if found is None or found.right:
        raise UnknownAnswer
    # Masked before it is cut: half a number would not be recognised any more.
    remark = mask(tidy(text)).text[:LONGEST_REMARK]
    if not remark or remark == found.remark:
        return found
    _refuse_a_flood(session, message, now)
    _press(found, now)
    found.remark = remark
    session.flush()
    return found


def feedback_on(session: Session, municipality_id: int, messages: Iterable[Message]) -> dict[int, Feedback]:
    """What was told of these messages, by their ids."""
    ids = [message.id for message in messages if may_be_judged(message)]
    if not ids:
        return {}
    query = select(Feedback).where(Feedback.municipality_id == municipality_id, Feedback.message_id.in_(ids))
    return {found.message_id: found for found in session.scalars(query)}


def _lock_answer(session: Session, keys: Keys, address: Address, message_id: int) -> Message:
    """An answer in a conversation of this address. Who judges, wipes or erases there at this moment comes before or
    after."""
    contact = find_contact_point(session, keys, address)
    if contact is None:
        raise UnknownAnswer
    of_message = select(Message.conversation_id).where(
        Message.id == message_id, Message.municipality_id == contact.municipality_id
    )
    owner = select(Conversation.id).where(
        Conversation.municipality_id == contact.municipality_id,
        Conversation.contact_point_id == contact.id,
        Conversation.id == of_message.scalar_subquery(),
    )
    if session.scalar(owner.with_for_update()) is None:
        raise UnknownAnswer
    message = session.get(Message, message_id, populate_existing=True)
    if message is None or not may_be_judged(message):
        raise UnknownAnswer
    return message


def _given_on(session: Session, message: Message) -> Feedback | None:
    query = select(Feedback).where(
        Feedback.municipality_id == message.municipality_id, Feedback.message_id == message.id
    )
    return session.scalar(query.execution_options(populate_existing=True))


def _press(found: Feedback, now: datetime) -> None:
    """After a minute's rest the counting begins anew."""
    found.presses = found.presses + 1 if found.given_at > now - REST else 1
    found.given_at = now


def _refuse_a_flood(session: Session, message: Message, now: datetime) -> None:
    """No more in a minute than lines: with every press on one answer counted, not only the answers."""
    query = (
        select(func.coalesce(func.sum(Feedback.presses), 0))
        .join(Message, Message.id == Feedback.message_id)
        .where(
            Feedback.municipality_id == message.municipality_id,
            Message.conversation_id == message.conversation_id,
            Feedback.given_at > now - REST,
        )
    )
    if session.scalars(query).one() >= LINES_A_MINUTE:
        raise TooManyLines
