"""A caseworker's own agenda for his telephone: a calendar file behind a secret address that can be revoked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime


class CalendarFeed(Numbered, OfMunicipality, Base):
    __tablename__ = "calendar_feed"

    account_id: Mapped[int] = mapped_column(RowId, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    lookup: Mapped[str] = mapped_column(String(64), unique=True)
    """HMAC of the secret in the address."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
