"""A resident asked for a person when nobody was there: a promise to get in touch."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class CallbackState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class CallbackRequest(Numbered, OfMunicipality, Base):
    __tablename__ = "callback_request"
    __table_args__ = (Index("ix_callback_request_municipality_id_state", "municipality_id", "state", "promised_by"),)

    conversation_id: Mapped[int] = mapped_column(RowId, ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    state: Mapped[CallbackState] = mapped_column(Word(CallbackState), default=CallbackState.OPEN)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    promised_by: Mapped[datetime] = mapped_column(UtcDateTime)
    """What the resident was told: before this somebody gets in touch."""
    sealed_phone: Mapped[str | None] = mapped_column(String(400), info=PERSONAL)
    """Encrypted; None when the resident gave no number and is answered in the chat."""
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
