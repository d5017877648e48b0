"""Every sentence of the assistant that is not an answer: a welcome, a warning, the word on a button."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality


class Phrase(Numbered, OfMunicipality, Base):
    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("municipality_id", "key", "language"),)

    key: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
