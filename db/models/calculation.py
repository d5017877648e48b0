"""A calculation of what work does to an income: what was told, and the outcome as it was shown."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class CalculationState(StrEnum):
    ASKING = "asking"
    """Questions are still open; at most one of a conversation is."""
    SHOWN = "shown"
    """Never changed any more: another hour of work is another calculation."""


class Calculation(Numbered, OneOfMany, Base):
    __tablename__ = "calculation"
    __table_args__ = (Index("ix_calculation_conversation_id_state", "conversation_id", "state", "id"),)

    conversation_id: Mapped[int] = mapped_column(RowId, ForeignKey("conversation.id", ondelete="CASCADE"))
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    """Random; the name of its page."""
    state: Mapped[CalculationState] = mapped_column(Word(CalculationState), default=CalculationState.ASKING)
    asking: Mapped[str | None] = mapped_column(String(40))
    """The question that waits for its answer."""
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PERSONAL)
    """What was told, by question; amounts as text."""
    scenario: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=PERSONAL)
    """The document that was calculated, in the form of docs/income.md."""
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=PERSONAL)
    """What came out, with reasons and warnings, in the same form."""
    rules_version: Mapped[str | None] = mapped_column(String(120))
    based_on: Mapped[int | None] = mapped_column(RowId, ForeignKey("calculation.id", ondelete="SET NULL"))
    """The calculation of which this is a variation."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the resident wants the caseworker to see it."""
    link_hash: Mapped[str | None] = mapped_column(String(64))
    """HMAC of the key in a link that was sent over a channel without pages."""
    link_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
