"""How often signing in failed of late, with one login or from one address: the more often, the longer one waits."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OfMunicipality
from db.types import UtcDateTime


class SignInBrake(Numbered, OfMunicipality, Base):
    """Belongs to the library: before somebody has signed in, nobody knows of which municipality one is."""

    __tablename__ = "sign_in_brake"
    __table_args__ = (UniqueConstraint("municipality_id", "lookup"),)

    lookup: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    """HMAC of the login or of the address; also of logins that do not exist, so that a brake tells nothing."""
    failures: Mapped[int]
    """Tries that have not ended in a session. Counted before the password is looked at, so that many at once count."""
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
