"""The municipality: the tenant to which every row belongs."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered

# Topics, answers and phrases that hold everywhere belong to this one; a municipality may have its own beside them.
LIBRARY = "landelijk"


class Municipality(Numbered, Base):
    __tablename__ = "municipality"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    example: Mapped[bool] = mapped_column(default=False)
    """Shown to residents as an example, not as the real municipality."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """contact, policy, channels, colour, address_form. What is not known is null, and shown as a blank."""
