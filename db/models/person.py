"""A person: the client of whom the municipality keeps a case. No name and no BSN: a client number is enough."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OneOfMany
from db.types import RowId, UtcDateTime, Word


class Perspective(StrEnum):
    """What the effort is aimed at (Pijnacker-Nootdorp)."""

    WERKEN = "werken"
    WERKEN_AAN = "werken_aan"
    MEEDOEN = "meedoen"


class BenefitKind(StrEnum):
    ALGEMEEN = "algemeen"
    """Algemene bijstand, Participatiewet."""
    IOAW = "ioaw"
    IOAZ = "ioaz"
    BBZ = "bbz"
    NONE = "none"
    """No benefit yet, or no more."""


class Person(Numbered, OneOfMany, Base):
    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("municipality_id", "client_number"),)

    client_number: Mapped[str] = mapped_column(String(40), info=PERSONAL)
    """The number under which the municipality's own system knows the case."""
    born_on: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    perspective: Mapped[Perspective | None] = mapped_column(Word(Perspective))
    benefit: Mapped[BenefitKind] = mapped_column(Word(BenefitKind), default=BenefitKind.ALGEMEEN)
    caseworker_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    interpreter: Mapped[str | None] = mapped_column(String(40), info=PERSONAL)
    """The language for which an interpreter comes along; None: not needed."""
    access_needs: Mapped[str | None] = mapped_column(Text, info=PERSONAL)
    """What this person needs to be able to come, as he tells it himself: a lift, somebody who comes along."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The case ended: nobody is invited or reminded any more."""
