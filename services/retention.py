"""Old conversations go: text that is not part of a case is kept for a limited number of days."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Conversation
from services.conversations import erase_conversation

KEEP_DAYS = 30


def erase_old_conversations(session: Session, now: datetime, days: int = KEEP_DAYS, limit: int = 200) -> list[str]:
    """Erase those without a line for `days` days; gives the names under which Rasa knew them."""
    old = select(Conversation).where(Conversation.last_line_at < now - timedelta(days=days))
    # Two workers each erase their own part.
    query = old.order_by(Conversation.id).limit(limit).with_for_update(skip_locked=True)
    erased = []
    for conversation in session.scalars(query).all():
        erased.append(conversation.public_id)
        erase_conversation(session, conversation)
    return erased
