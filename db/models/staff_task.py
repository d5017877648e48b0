"""Something for a caseworker to do, because the assistant cannot: with what was tried before."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class TaskKind(StrEnum):
    NO_ANSWER = "no_answer"
    """Invited and reminded, and no time was chosen."""
    NOT_REACHED = "not_reached"
    """A reminder arrived nowhere, or it became too late to send it."""
    ASKED_FIRST_TALK = "asked_first_talk"
    """Somebody whose chat is not linked has a first conversation with the team."""
    NO_SLOT = "no_slot"
    """A resident found no time that suits."""
    OUTCOME_MISSING = "outcome_missing"
    """A conversation is over and nobody has said how it went."""


class StaffTask(Numbered, OneOfMany, Base):
    __tablename__ = "staff_task"
    __table_args__ = (
        Index("ix_staff_task_municipality_id_done_at", "municipality_id", "done_at", "made_at"),
        UniqueConstraint("municipality_id", "dedupe"),
    )

    kind: Mapped[TaskKind] = mapped_column(Word(TaskKind))
    dedupe: Mapped[str] = mapped_column(String(120))
    """What it is about, so that it is made once: `not_reached:appointment:12:3:1d`."""
    account_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """For whom; None: for the team."""
    person_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    appointment_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("appointment.id", ondelete="CASCADE"), index=True
    )
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """`attempts`: a list of {at, channel, result}, the evidence. Ids, times and codes; never what somebody wrote."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
