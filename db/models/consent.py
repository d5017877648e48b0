"""What a resident wants to be reminded of, over which channel: everything, unless he said otherwise."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class ReminderKind(StrEnum):
    ALL = "all"
    """Only of a consent: stands before those of the kinds."""
    APPOINTMENT = "appointment"
    INVITATION = "invitation"
    AGREEMENT = "agreement"
    INCOME_FORM = "income_form"
    DOCUMENTS = "documents"
    SEARCH_PERIOD = "search_period"
    CHECKLIST = "checklist"
    REVIEW = "review"


class Consent(Numbered, OneOfMany, Base):
    """One row a contact point and kind; what has no row is wanted."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("contact_point_id", "kind"),)

    contact_point_id: Mapped[int] = mapped_column(RowId, ForeignKey("contact_point.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = mapped_column(Word(ReminderKind))
    wanted: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
