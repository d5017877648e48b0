"""Where conversations take place: a location, and its rooms."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId


class Location(Numbered, OfMunicipality, Base):
    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200))
    directions: Mapped[str | None] = mapped_column(Text)
    """How to get there and where to report, as a resident reads it."""
    accessible: Mapped[bool] = mapped_column(default=True)
    """Whether one gets in with a wheelchair."""
    open: Mapped[bool] = mapped_column(default=True)


class Room(Numbered, OfMunicipality, Base):
    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("location_id", "name"),)

    location_id: Mapped[int] = mapped_column(RowId, ForeignKey("location.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    seats: Mapped[int] = mapped_column(default=4)
    accessible: Mapped[bool] = mapped_column(default=True)
    open: Mapped[bool] = mapped_column(default=True)
