"""Old conversations go: text that is not part of a case is kept for as many days as the municipality has set."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from db.models import CallbackRequest, CallbackState, Conversation, Municipality
from services.municipalities import list_municipalities
from services.phrases import kept_days
from services.wiping import erase_conversation

LONG_PAST = timedelta(days=7)


def erase_old_conversations(session: Session, now: datetime, limit: int = 200) -> list[str]:
    """Erase what is older than its municipality keeps; gives the names under which Rasa knew the conversations."""
    return [name for town in list_municipalities(session) for name in _erase_old(session, town, now, limit)]


def _erase_old(session: Session, town: Municipality, now: datetime, limit: int) -> list[str]:
    old = select(Conversation).where(
        Conversation.municipality_id == town.id,
        Conversation.last_line_at < now - timedelta(days=kept_days(town)),
        or_(Conversation.needed_until.is_(None), Conversation.needed_until < now),
        ~_promised(now),
    )
    # Two workers each erase their own part.
    query = old.order_by(Conversation.id).limit(limit).with_for_update(skip_locked=True)
    erased = []
    for conversation in session.scalars(query).all():
        erased.append(conversation.public_id)
        erase_conversation(session, conversation)
    return erased


def _promised(now: datetime) -> ColumnElement[bool]:
    """Somebody still has to get in touch: the number goes when that is done, and at the latest when it is long past."""
    return exists().where(
        CallbackRequest.municipality_id == Conversation.municipality_id,
        CallbackRequest.conversation_id == Conversation.id,
        CallbackRequest.state == CallbackState.OPEN,
        CallbackRequest.promised_by > now - LONG_PAST,
    )
