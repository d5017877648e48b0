"""A code by which a chat becomes that of a person: made by a caseworker, good once, kept as an HMAC only."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime


class LinkCode(Numbered, OfMunicipality, Base):
    __tablename__ = "link_code"
    __table_args__ = (UniqueConstraint("municipality_id", "lookup"),)

    person_id: Mapped[int] = mapped_column(RowId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    lookup: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    """HMAC of the eight characters."""
    made_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    contact_point_id: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("contact_point.id", ondelete="SET NULL"), index=True
    )
    """Where it was used."""
