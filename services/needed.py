"""Until when a conversation is still needed: what the resident wants to keep or to be reminded of is not erased before.

As long as it is needed the resident also finds it back, in the same browser.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ChecklistItem, Conversation, Message, MessageStatus, Municipality
from services.calendar import AMSTERDAM
from services.phrases import kept_days

AFTERWARDS = timedelta(days=7)
"""To read what was said on the last day, and to do it after all."""


def renew_need(session: Session, conversation: Conversation, now: datetime) -> None:
    """Written down again after every change of what is to come. None: as long as any conversation."""
    renew_needs(session, [conversation], now)


def renew_needs(session: Session, conversations: Collection[Conversation], now: datetime) -> None:
    """Of many at once: the same few queries."""
    session.flush()
    ids = [conversation.id for conversation in conversations]
    towns = {conversation.municipality_id for conversation in conversations}
    listed, planned = _of_lists(session, towns, ids), _of_planned(session, towns, ids)
    for conversation in conversations:
        ends = [planned[conversation.id]] if conversation.id in planned else []
        if conversation.id in listed:
            ends += _of_list(session, conversation, listed[conversation.id], now)
        conversation.needed_until = max(ends, default=None)


def _of_list(session: Session, conversation: Conversation, last: date | None, now: datetime) -> list[datetime]:
    """Until a week after its last day, and no shorter than a conversation is kept."""
    town = session.get_one(Municipality, conversation.municipality_id)
    ends = [now + timedelta(days=kept_days(town))]
    if last is not None:
        ends.append(datetime.combine(last, time(), AMSTERDAM).astimezone(UTC) + AFTERWARDS)
    return ends


def _of_lists(session: Session, towns: Collection[int], ids: Collection[int]) -> dict[int, date | None]:
    """The last day of every list that is not done."""
    query = select(ChecklistItem.conversation_id, func.max(ChecklistItem.due_on)).where(
        ChecklistItem.municipality_id.in_(towns),
        ChecklistItem.conversation_id.in_(ids),
        ChecklistItem.done_at.is_(None),
    )
    return dict(session.execute(query.group_by(ChecklistItem.conversation_id)).all())


def _of_planned(session: Session, towns: Collection[int], ids: Collection[int]) -> dict[int, datetime]:
    query = select(Message.conversation_id, func.max(Message.due_at)).where(
        Message.municipality_id.in_(towns),
        Message.conversation_id.in_(ids),
        Message.status == MessageStatus.PLANNED,
    )
    rows = session.execute(query.group_by(Message.conversation_id))
    return {id_: last + AFTERWARDS for id_, last in rows if last is not None}
