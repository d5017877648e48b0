"""The one word with which a resident stops all reminders: heard as it comes in, not when the understanding is back."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import BookingTalk, Calculation, CalculationState, Message, MessageKind

STOP = re.compile(r"\W*(stop|stoppen|unsubscribe|afmelden)\W*", re.IGNORECASE)
FORMS = ("calculate_income", "delete_my_data", "report_change", "work_checklist", "book_conversation")
"""The topics of talks that ask something: there the word means that talk."""


def says_stop(text: str) -> bool:
    return STOP.fullmatch(text) is not None


def stops_here(session: Session, line: Message) -> bool:
    """Whether the word means the reminders. After a reminder it does; in the middle of a talk it means that talk,
    and after a colleague it is said to him."""
    query = select(Message.kind, Message.topic).where(
        Message.municipality_id == line.municipality_id,
        Message.conversation_id == line.conversation_id,
        Message.seq < line.seq,
        Message.seq > 0,
        Message.kind.in_((MessageKind.ANSWER, MessageKind.STAFF, MessageKind.REMINDER)),
    )
    last = session.execute(query.order_by(Message.seq.desc()).limit(1)).first()
    if last is not None and last.kind is not MessageKind.ANSWER:
        return last.kind is MessageKind.REMINDER
    return not (last is not None and last.topic in FORMS) and not _in_a_talk(session, line)


def _in_a_talk(session: Session, line: Message) -> bool:
    here = {"municipality_id": line.municipality_id, "conversation_id": line.conversation_id}
    asking = select(Calculation.id).filter_by(**here).where(Calculation.state == CalculationState.ASKING)
    booking = select(BookingTalk.id).filter_by(**here)
    return any(session.scalars(query.limit(1)).first() is not None for query in (asking, booking))
