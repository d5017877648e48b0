"""What an answer about a link does: in the transaction that writes the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import ContactPoint, Conversation
from services.people.link import unlink


def change_link(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    """The resident undid the link of this chat."""
    if effect["deed"] != "undo":
        raise ValueError(f"unknown deed '{effect['deed']}'")
    contact = session.get_one(ContactPoint, conversation.contact_point_id, with_for_update=True)
    unlink(session, contact, None, now)
