"""A conversation of one resident over one contact point."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class ConversationState(StrEnum):
    BOT = "bot"
    WAITING = "waiting"
    """A person was asked for; the assistant goes on answering until that person is there."""
    HUMAN = "human"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Conversation(Numbered, OfMunicipality, Base):
    __tablename__ = "conversation"

    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    """Random; the only name under which Rasa knows the conversation."""
    contact_point_id: Mapped[int] = mapped_column(RowId, ForeignKey("contact_point.id", ondelete="CASCADE"), index=True)
    state: Mapped[ConversationState] = mapped_column(Word(ConversationState), default=ConversationState.BOT)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_line_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seq: Mapped[int] = mapped_column(default=0)
    """Number of the newest message; handed out under the lock of this row, so the order never has holes."""
    answering_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answering_by: Mapped[str | None] = mapped_column(String(40))
    """Lease of the one process that answers this conversation now."""
