"""The audit log: who read or did what, and when. Rows are only added; each holds the hash of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime


class AuditEntry(Numbered, OfMunicipality, Base):
    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("municipality_id", "number"),
        Index("ix_audit_entry_municipality_id_account_id", "municipality_id", "account_id", "number"),
        Index("ix_audit_entry_municipality_id_deed", "municipality_id", "deed", "number"),
        Index("ix_audit_entry_municipality_id_at", "municipality_id", "at"),
    )

    number: Mapped[int]
    """1, 2, 3 ... within a municipality: a missing one is seen."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(RowId)
    """No foreign key: the entry stays when the account goes. None: nobody was signed in, or Trede itself."""
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(120))
    """What it was done to, as kind and id: `conversation 12`. Never what somebody wrote."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last entry of a municipality; whoever adds one holds this row, so that the chain never forks."""

    __tablename__ = "audit_head"

    municipality_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("municipality.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
