"""Where a resident can be reached: a web session or a Telegram chat, known to us by number only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class Channel(StrEnum):
    WEB = "web"
    TELEGRAM = "telegram"
    TERMINAL = "terminal"

    @property
    def pushes(self) -> bool:
        """Whether a message has to be sent; the others read the transcript themselves."""
        return self is Channel.TELEGRAM


class ContactPoint(Numbered, OfMunicipality, Base):
    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("municipality_id", "channel", "lookup"),)

    channel: Mapped[Channel] = mapped_column(Word(Channel))
    lookup: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    """HMAC of the address: enough to find it again, useless to anybody else."""
    sealed_address: Mapped[str | None] = mapped_column(String(400), info=PERSONAL)
    """The address itself, encrypted; only for channels that push."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unreachable_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Set when the channel says for good that nothing arrives there (blocked, deleted)."""
    person_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Whose it is, since a code linked it; the same person may have several."""
    linked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
