"""Whether an answer was right, according to the resident who got it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime


class Feedback(Numbered, OneOfMany, Base):
    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_municipality_id_topic", "municipality_id", "topic", "given_at"),)

    message_id: Mapped[int] = mapped_column(RowId, ForeignKey("message.id", ondelete="CASCADE"), unique=True)
    """The answer; a resident who changes his mind changes this row."""
    topic: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int | None]
    """Which text was read: the number of the answer revision."""
    right: Mapped[bool]
    remark: Mapped[str | None] = mapped_column(Text, info=PERSONAL)
    """In the resident's words, masked."""
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    presses: Mapped[int] = mapped_column(default=1, server_default="1")
    """How often it was told without a minute's rest in between: a page that never stops is held back by it."""
