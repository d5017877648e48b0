"""A session of somebody of the staff: the browser has a random token, we have only an HMAC of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime


class StaffSession(Numbered, OfMunicipality, Base):
    __tablename__ = "staff_session"

    account_id: Mapped[int] = mapped_column(RowId, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """However busy: after this one signs in again."""
    proven_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None while the second factor is still to be given: such a session may do that and nothing else."""
