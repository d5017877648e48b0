"""A message: a resident's line, an answer, a notice. The transcript is the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.models.consent import ReminderKind
from db.types import RowId, UtcDateTime, Word


class MessageKind(StrEnum):
    LINE = "line"
    """What the resident said."""
    ANSWER = "answer"
    """What the assistant answered to one line."""
    NOTICE = "notice"
    """What the assistant says of itself: a welcome, a warning, a delay."""
    STAFF = "staff"
    """What a colleague wrote."""
    REMINDER = "reminder"
    """What a resident is reminded of, because he wanted it or because it was agreed."""


class MessageStatus(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    HANDED = "handed"
    """A line that went to a person instead of to the assistant."""
    PLANNED = "planned"
    """Written ahead, to be said at `due_at`; until then without a place in the transcript: its `seq` is below zero."""
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


ABOUT = "about IS NOT NULL"
OPEN_OUTGOING = (MessageStatus.DUE, MessageStatus.SENDING)


class Message(Numbered, OneOfMany, Base):
    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        # A redelivered update is a no-op, and a line has at most one answer a part: the database itself holds both.
        UniqueConstraint("municipality_id", "external_id"),
        UniqueConstraint("in_reply_to", "part"),
        Index("ix_message_status_due_at", "status", "due_at"),
        Index("ix_message_about", "about", sqlite_where=text(ABOUT), postgresql_where=text(ABOUT)),
    )

    conversation_id: Mapped[int] = mapped_column(RowId, ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[MessageKind] = mapped_column(Word(MessageKind))
    status: Mapped[MessageStatus] = mapped_column(Word(MessageStatus))
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    """Masked; what was hidden is kept nowhere. `**bold**` is the only markup."""
    language: Mapped[str] = mapped_column(String(8), default="nl")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    external_id: Mapped[str | None] = mapped_column(String(120))
    """The channel's own id of an incoming line (Telegram update, number of the web form)."""
    payload: Mapped[str | None] = mapped_column(String(200))
    """Of a line that was a button: what that button means. Set by the server, never by the client."""
    in_reply_to: Mapped[int | None] = mapped_column(RowId, ForeignKey("message.id", ondelete="CASCADE"))
    part: Mapped[int | None]
    account_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    """Who of the staff wrote it."""
    topic: Mapped[str | None] = mapped_column(String(80))
    confidence: Mapped[float | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """buttons, sources, figures with dates, alternatives, answer revision: what a caseworker sees beside the text."""
    about: Mapped[str | None] = mapped_column(String(60))
    """Of a reminder: `appointment:12`, `agreement:7`, `invitation:3`, ...; with the version that it was planned for in
    `about_version`. What it says is looked up when it is said."""
    about_version: Mapped[int | None]
    reminder: Mapped[ReminderKind | None] = mapped_column(Word(ReminderKind))
    useful_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """After this it is not sent any more; None: for a day."""
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None] = mapped_column(String(80))
    """Why sending failed: a code of ours, never the text of the error."""
