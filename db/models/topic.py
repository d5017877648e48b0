"""A topic the assistant knows, its dated answers and the examples it is recognised by."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class TopicKind(StrEnum):
    FAQ = "faq"
    TASK = "task"
    REDIRECT = "redirect"


class Certainty(StrEnum):
    """How sure the text is: read in the law, professional knowledge, or local policy."""

    LAW = "S"
    PROFESSIONAL = "G"
    LOCAL = "L"

    @property
    def asks_for_confirmation(self) -> bool:
        return self is not Certainty.LAW


class Topic(Numbered, OfMunicipality, Base):
    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    name: Mapped[str] = mapped_column(String(80))
    """The stable id, for instance `wealth_limit`."""
    kind: Mapped[TopicKind] = mapped_column(Word(TopicKind))
    section: Mapped[str] = mapped_column(String(60))
    certainty: Mapped[Certainty] = mapped_column(Word(Certainty))
    question: Mapped[dict[str, str]] = mapped_column(JSON)
    label: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language: the question in full, and the few words that fit on a button."""
    follow_up: Mapped[list[str]] = mapped_column(JSON, default=list)
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Of a municipality's own topic: since then the library's answers again. What was written stays on record."""
    revisions: Mapped[list["AnswerRevision"]] = relationship(
        order_by="AnswerRevision.id", cascade="all, delete-orphan", back_populates="topic"
    )
    examples: Mapped[list["Example"]] = relationship(
        order_by="Example.id", cascade="all, delete-orphan", back_populates="topic"
    )


class AnswerRevision(Numbered, OfMunicipality, Base):
    """What is answered from one day to another. A revision is never changed: a correction is a newer one."""

    __tablename__ = "answer_revision"
    __table_args__ = (Index("ix_answer_revision_topic_id_valid_from", "topic_id", "valid_from"),)

    topic_id: Mapped[int] = mapped_column(RowId, ForeignKey("topic.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None: it came with the content that ships."""
    written_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """A planned revision that was called off before its first day."""
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    texts: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)
    """By language: `answer`, `to_do`, `more`, `why`; all but the first may be missing."""
    topic: Mapped[Topic] = relationship(back_populates="revisions")


class Example(Numbered, OfMunicipality, Base):
    """A line by which the topic is recognised."""

    __tablename__ = "example"
    __table_args__ = (UniqueConstraint("municipality_id", "language", "text"),)

    topic_id: Mapped[int] = mapped_column(RowId, ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[Topic] = relationship(back_populates="examples")
