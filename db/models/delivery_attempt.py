"""The evidence of a reminder: every try to bring it to somebody, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.models.contact_point import Channel
from db.types import RowId, UtcDateTime, Word


class DeliveryAttempt(Numbered, OneOfMany, Base):
    """Belongs to what the reminder was about, not to its text: it stays when the resident wipes the chat."""

    __tablename__ = "delivery_attempt"

    message_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("message.id", ondelete="SET NULL"), index=True)
    about: Mapped[str] = mapped_column(String(60), index=True)
    """As in `message.about`."""
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str] = mapped_column(String(40))
    """`sent`, `shown` (stands in the web chat), or the code of a failure: `http_429`, `blocked`, `timeout`."""
