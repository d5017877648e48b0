"""The one reminder of a thing on the list: asked for, moved and forgotten until it is said."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models import ChecklistItem, Conversation, Message, MessageStatus, ReminderKind
from services.errors import NotInThePast, TooFarAway
from services.needed import renew_need
from services.people.consents import set_wanted, wants
from services.reminding.moments import FURTHEST
from services.reminding.plan import new_planned


def plan_reminder(
    session: Session, conversation: Conversation, item: ChecklistItem, at: datetime, now: datetime
) -> Message:
    """Remind of this thing at that moment, instead of any moment before. The caller holds the conversation's lock.

    Who had switched off everything and asks for this one wants this one. Raises NotInThePast or TooFarAway.
    """
    if at <= now:
        raise NotInThePast
    if at > now + FURTHEST:
        raise TooFarAway
    planned = _planned(session, item)
    if planned is None:
        planned = new_planned(session, conversation, f"checklist:{item.id}", ReminderKind.CHECKLIST, now)
        session.add(planned)
    planned.due_at, planned.claimed_by, planned.claimed_until = at, None, None
    session.flush()
    item.reminder_id = planned.id
    if not wants(session, conversation.contact_point_id, ReminderKind.CHECKLIST):
        set_wanted(session, conversation, ReminderKind.CHECKLIST, True, now)
    renew_need(session, conversation, now)
    return planned


def forget_reminder(session: Session, item: ChecklistItem) -> None:
    """Nobody has to be reminded of this any more. What was said already stays said."""
    planned = _planned(session, item)
    if planned is not None:
        item.reminder_id = None
        session.flush()
        session.delete(planned)


def _planned(session: Session, item: ChecklistItem) -> Message | None:
    """That of this thing, as long as it was not said."""
    planned = session.get(Message, item.reminder_id) if item.reminder_id is not None else None
    return planned if planned is not None and planned.status is MessageStatus.PLANNED else None
