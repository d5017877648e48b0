"""What was agreed in a conversation: who does what, and by when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class Side(StrEnum):
    RESIDENT = "resident"
    MUNICIPALITY = "municipality"


class Agreement(Numbered, OneOfMany, Base):
    __tablename__ = "agreement"

    person_id: Mapped[int] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("appointment.id", ondelete="SET NULL"), index=True
    )
    side: Mapped[Side] = mapped_column(Word(Side))
    """Who has to do it."""
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    """As the caseworker wrote it, masked; the resident reads the same."""
    due_on: Mapped[date | None] = mapped_column(Date)
    noted_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """No longer agreed. Kept, so that nobody wonders where it went."""
