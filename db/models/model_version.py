"""A trained model of the understanding: where it lies, what it was made of, whether it serves."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import UtcDateTime


class ModelVersion(Numbered, OfMunicipality, Base):
    __tablename__ = "model_version"

    version: Mapped[str] = mapped_column(String(64), unique=True)
    """Hash of the content and the code it was made from."""
    file: Mapped[str] = mapped_column(String(300))
    trained_at: Mapped[datetime] = mapped_column(UtcDateTime)
    live: Mapped[bool] = mapped_column(default=False)
    live_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it last went live; None: it never did, and nobody can go back to it."""
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
