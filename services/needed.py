"""Until when a conversation is still needed: what the resident wants to keep or to be reminded of is not erased before.

As long as it is needed the resident also finds it back, in the same browser.
"""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ChecklistItem, Conversation, Message, MessageStatus, Municipality
from services.calendar import AMSTERDAM
from services.phrases import kept_days

AFTERWARDS = timedelta(days=7)
"""To read what was said on the last day, and to do it after all."""


def renew_need(session: Session, conversation: Conversation, now: datetime) -> None:
    """Written down again after every change of what is to come. None: as long as any conversation."""
    session.flush()
    ends = [*_of_list(session, conversation, now), *_of_planned(session, conversation)]
    conversation.needed_until = max(ends, default=None)


def _of_list(session: Session, conversation: Conversation, now: datetime) -> list[datetime]:
    """A list that is not done: until a week after its last day, and no shorter than a conversation is kept."""
    query = select(func.count(), func.max(ChecklistItem.due_on)).where(
        ChecklistItem.municipality_id == conversation.municipality_id,
        ChecklistItem.conversation_id == conversation.id,
        ChecklistItem.done_at.is_(None),
    )
    open_, last = session.execute(query).one()
    if not open_:
        return []
    town = session.get_one(Municipality, conversation.municipality_id)
    ends = [now + timedelta(days=kept_days(town))]
    if last is not None:
        ends.append(datetime.combine(last, time(), AMSTERDAM).astimezone(UTC) + AFTERWARDS)
    return ends


def _of_planned(session: Session, conversation: Conversation) -> list[datetime]:
    query = select(func.max(Message.due_at)).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation.id,
        Message.status == MessageStatus.PLANNED,
    )
    last = session.scalar(query)
    return [] if last is None else [last + AFTERWARDS]
