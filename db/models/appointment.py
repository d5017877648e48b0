"""An appointment: a person and a caseworker at a time and a place; or a group session that several take part in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class MeetingChannel(StrEnum):
    OFFICE = "office"
    PHONE = "phone"
    VIDEO = "video"
    HOME = "home"
    WALK = "walk"


class AppointmentState(StrEnum):
    HELD = "held"
    """Kept free for five minutes while somebody chooses; over at `held_until`."""
    BOOKED = "booked"
    MOVED = "moved"
    """Another one took its place: that one names it in `moved_from`."""
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """A hold that was not confirmed."""


TAKES_TIME = (AppointmentState.HELD, AppointmentState.BOOKED)
"""The states in which nobody else can have that time; the exclusion constraint of PostgreSQL names the same."""


class Outcome(StrEnum):
    HELD = "held"
    """The conversation took place."""
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    MOVED = "moved"


class Appointment(Numbered, OneOfMany, Base):
    """A group session is one with `seats`: it takes the time of who leads it. Who takes part has a row of his own with
    `session_id`, and without a caseworker or room: those seats are counted under the lock of the session's row.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_account_id_begins_at", "account_id", "begins_at"),
        Index("ix_appointment_municipality_id_begins_at", "municipality_id", "begins_at"),
        # Since migration 0012 PostgreSQL itself refuses two rows in TAKES_TIME of one caseworker, or of one room,
        # whose `blocked` times overlap: ex_appointment_account, ex_appointment_room.
    )

    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    """Random; what stands in links, in calendar files (UID) and in the resident's chat."""
    person_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """None: a group session itself, or somebody whose chat is not linked."""
    conversation_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("conversation.id", ondelete="SET NULL"), index=True
    )
    """The chat in which it was made; None: by the staff."""
    programme: Mapped[str] = mapped_column(String(40))
    """Key of the programme of the municipality (services/programmes.py)."""
    account_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    """Who leads it."""
    location_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("location.id", ondelete="SET NULL"))
    room_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("room.id", ondelete="SET NULL"))
    session_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("appointment.id", ondelete="CASCADE"), index=True)
    seats: Mapped[int | None]
    channel: Mapped[MeetingChannel] = mapped_column(Word(MeetingChannel))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_from: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """With the buffers before and after it."""
    state: Mapped[AppointmentState] = mapped_column(Word(AppointmentState))
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every change; who changes it names the one he saw. Also SEQUENCE in calendar files (RFC 5545)."""
    moved_from: Mapped[int | None] = mapped_column(RowId, ForeignKey("appointment.id", ondelete="SET NULL"))
    needs: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, info=PERSONAL)
    """`interpreter`: a language; `access`: what is needed to be able to come; `with`: who comes along."""
    reason: Mapped[str | None] = mapped_column(Text, info=PERSONAL)
    """Why it was moved or cancelled, if the resident wanted to tell. Masked."""
    cancelled_by: Mapped[str | None] = mapped_column(String(20))
    """"resident" or "staff"."""
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  as SQLAlchemy declares it
