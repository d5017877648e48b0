"""What a resident did to find work or training, as he told it; and the four weeks in which he is asked to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class EffortKind(StrEnum):
    APPLIED = "applied"
    CALLED = "called"
    """Called or wrote to an employer without a vacancy, or went by."""
    REGISTERED = "registered"
    """At an agency, UWV, a school."""
    INTERVIEW = "interview"
    TRAINING = "training"
    """Looked for or followed a course or a school."""
    TRIAL = "trial"
    """A day of work on trial, or volunteering."""
    CV = "cv"
    OTHER = "other"


class SearchEffort(Numbered, OneOfMany, Base):
    __tablename__ = "search_effort"

    person_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """None as long as the chat is not linked."""
    conversation_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("conversation.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[EffortKind] = mapped_column(Word(EffortKind))
    day: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    """In the words of the resident, masked."""
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SearchPeriod(Numbered, OneOfMany, Base):
    """The four weeks before an application of somebody under 27 (Participatiewet, article 41 paragraph 4), or a period
    in which a caseworker asked somebody to tell what he does."""

    __tablename__ = "search_period"

    person_id: Mapped[int] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    begins_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    """The last day."""
    made_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Called off before its end."""
