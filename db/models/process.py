"""A running process, as it last told of itself: an installation on many machines can see who is there."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.types import UtcDateTime


class Process(Numbered, Base):
    """Of the installation, not of a municipality."""

    __tablename__ = "process"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    """Random, new at every start."""
    host: Mapped[str] = mapped_column(String(120))
    parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What it does: web, worker, actions, telegram, rasa."""
    key_check: Mapped[str] = mapped_column(String(16))
    """Derived from its secret key, which cannot be found from it: processes with the same key have the same."""
    own_key: Mapped[bool] = mapped_column(default=False)
    """It made the key itself, because it was given none: on many machines that is a mistake."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
