"""A backup that was made: when, and how much. The file itself lies elsewhere."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.types import UtcDateTime


class Backup(Numbered, Base):
    """Of the installation, not of a municipality."""

    __tablename__ = "backup"

    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    row_count: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bool] = mapped_column(default=False)
    """Encrypted with TREDE_BACKUP_KEY."""
