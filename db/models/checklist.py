"""A thing to arrange when somebody goes to work."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime


class ChecklistItem(Numbered, OneOfMany, Base):
    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("conversation_id", "key"),)

    conversation_id: Mapped[int] = mapped_column(RowId, ForeignKey("conversation.id", ondelete="CASCADE"))
    calculation_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("calculation.id", ondelete="SET NULL"), index=True
    )
    """The situation it was made from."""
    key: Mapped[str] = mapped_column(String(40))
    """Which thing: its words are the phrase `checklist.<key>`."""
    place: Mapped[int]
    due_on: Mapped[date | None] = mapped_column(Date)
    """The Dutch calendar day before which it has to be done."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminder_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("message.id", ondelete="SET NULL"), index=True)
    """The planned message that the resident asked for."""
