"""A conversation of one resident over one contact point."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OneOfMany
from db.models.contact_point import Channel
from db.types import RowId, UtcDateTime, Word


class ConversationState(StrEnum):
    BOT = "bot"
    WAITING = "waiting"
    """A person was asked for; the assistant goes on answering until that person is there."""
    HUMAN = "human"
    """A colleague has the chat: the assistant says nothing."""
    SNOOZED = "snoozed"
    """A colleague has it and put it aside until `snoozed_until`, or until the resident writes."""
    CLOSED = "closed"
    """Over: the next line begins a new conversation."""


ANSWERED_BY_BOT = (ConversationState.BOT, ConversationState.WAITING)
WITH_PERSON = (ConversationState.HUMAN, ConversationState.SNOOZED)
FILTERS = ("state", "channel", "topic")
UNREAD = "line_seq > staff_seen_seq"


class Conversation(Numbered, OneOfMany, Base):
    __tablename__ = "conversation"
    __table_args__ = (
        # The staff's list: the newest, and the newest in one state.
        # The filters stand behind the order, so that rows that do not fit are passed over without being read.
        Index("ix_conversation_municipality_id_last_line_at", "municipality_id", "last_line_at", "id", *FILTERS),
        Index("ix_conversation_municipality_id_state", "municipality_id", "state", "last_line_at", "id", *FILTERS[1:]),
        Index(
            "ix_conversation_unread",
            "municipality_id",
            "last_line_at",
            "id",
            *FILTERS,
            sqlite_where=text(UNREAD),
            postgresql_where=text(UNREAD),
        ),
        Index("ix_conversation_municipality_id_changed_at", "municipality_id", "changed_at"),
    )

    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    """Random; the only name under which Rasa knows the conversation."""
    contact_point_id: Mapped[int] = mapped_column(RowId, ForeignKey("contact_point.id", ondelete="CASCADE"), index=True)
    state: Mapped[ConversationState] = mapped_column(Word(ConversationState), default=ConversationState.BOT)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_line_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seq: Mapped[int] = mapped_column(default=0)
    """Number of the newest message; handed out under the lock of this row, so the order never has holes."""
    answering_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answering_by: Mapped[str | None] = mapped_column(String(40))
    """Lease of the one process that answers this conversation now."""
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    """That of the contact point, here too for the staff's list."""
    topic: Mapped[str | None] = mapped_column(String(80))
    """What was last answered about."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Of the last message or change of state: an open list looks at this."""
    line_seq: Mapped[int] = mapped_column(default=0)
    """Number of the resident's newest line."""
    staff_seen_seq: Mapped[int] = mapped_column(default=0)
    """Up to which message a caseworker has seen it; a line after it is unread."""
    assigned_to: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """The colleague who has the chat; only in the states WITH_PERSON."""
    human_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wait_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody who waits was last told how long it may take."""
