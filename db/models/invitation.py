"""A conversation that a programme asks for: when it becomes due, and what came of the invitation."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class InvitationState(StrEnum):
    DUE = "due"
    """Not yet told."""
    INVITED = "invited"
    REMINDED = "reminded"
    """Invited, and reminded to choose a time."""
    BOOKED = "booked"
    HANDED = "handed"
    """No answer, or nowhere to send it: a caseworker has the task to get in touch. Nothing else follows from it."""
    DONE = "done"
    """The conversation took place."""
    WITHDRAWN = "withdrawn"


OPEN_INVITATIONS = (
    InvitationState.DUE,
    InvitationState.INVITED,
    InvitationState.REMINDED,
    InvitationState.BOOKED,
    InvitationState.HANDED,
)


class Invitation(Numbered, OneOfMany, Base):
    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("person_id", "programme", "due_on"),
        Index("ix_invitation_municipality_id_state", "municipality_id", "state", "due_on"),
    )

    person_id: Mapped[int] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"))
    programme: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date] = mapped_column(Date)
    """The Dutch calendar day on which the conversation should have taken place."""
    state: Mapped[InvitationState] = mapped_column(Word(InvitationState))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appointment_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("appointment.id", ondelete="SET NULL"), index=True
    )
