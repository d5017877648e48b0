"""The common ground of all records."""

from typing import Any

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.types import RowId

# Constraints get the same name on every database, so that a migration can find them again.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Retention, export and erasure read this mark (`column.info`).
PERSONAL: dict[Any, Any] = {"personal": True}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Numbered:
    """A row with its own number."""

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)


class OfMunicipality:
    """A row that belongs to one municipality. Every query names it."""

    municipality_id: Mapped[int] = mapped_column(RowId, ForeignKey("municipality.id", ondelete="CASCADE"), index=True)


class OneOfMany:
    """The same for a table in which a municipality has very many rows: an index of the municipality alone would only
    mislead SQLite, which keeps no figures of how many rows a value has (migration 0008)."""

    municipality_id: Mapped[int] = mapped_column(RowId, ForeignKey("municipality.id", ondelete="CASCADE"))
