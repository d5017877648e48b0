"""When a caseworker can be spoken to: the week as it mostly is, and what differs from it."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, Date, ForeignKey, Index, Time
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class WorkingHours(Numbered, OfMunicipality, Base):
    """One stretch of one weekday, on the clock here; a break is the gap between two of them."""

    __tablename__ = "working_hours"
    __table_args__ = (Index("ix_working_hours_account_id_weekday", "account_id", "weekday"),)

    account_id: Mapped[int] = mapped_column(RowId, ForeignKey("account.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    """0 is Monday, as `date.weekday` counts."""
    begins: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    location_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("location.id", ondelete="SET NULL"))
    """Where he is then; None: nowhere that a resident can come to."""
    channels: Mapped[list[str]] = mapped_column(JSON, default=list)
    """MeetingChannel values; empty: all that the programme allows."""
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    """The last day; None: until further notice."""


class TimeOffKind(StrEnum):
    LEAVE = "leave"
    BUSY = "busy"
    """Something else in the agenda."""
    EXTRA = "extra"
    """The other way round: there, outside the hours of the week."""


class TimeOff(Numbered, OfMunicipality, Base):
    """What differs from the week: leave, something else to do, or hours that come on top."""

    __tablename__ = "time_off"
    __table_args__ = (Index("ix_time_off_account_id_begins_at", "account_id", "begins_at"),)

    account_id: Mapped[int] = mapped_column(RowId, ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[TimeOffKind] = mapped_column(Word(TimeOffKind))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    location_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("location.id", ondelete="SET NULL"))
    """Of EXTRA: where."""
