"""The choosing of a time in a chat: what was wished for, what was offered, and where it stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime


class BookingTalk(Numbered, OneOfMany, Base):
    """At most one a conversation; it goes when the appointment is made or the resident stops."""

    __tablename__ = "booking_talk"
    __table_args__ = (UniqueConstraint("conversation_id"),)

    conversation_id: Mapped[int] = mapped_column(RowId, ForeignKey("conversation.id", ondelete="CASCADE"))
    programme: Mapped[str | None] = mapped_column(String(40))
    step: Mapped[str] = mapped_column(String(20))
    """`which`, `wish`, `choose`, `confirm`, `reason`."""
    wish: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PERSONAL)
    offered: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """All times that were offered so far, the newest last: begin, caseworker, location, room, channel."""
    moving_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("appointment.id", ondelete="CASCADE"), index=True)
    """The appointment that is to be moved."""
    hold_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("appointment.id", ondelete="SET NULL"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
