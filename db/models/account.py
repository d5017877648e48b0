"""An account: somebody of the staff who may sign in, and what for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PERSONAL, Base, Numbered, OfMunicipality
from db.types import UtcDateTime


class Role(StrEnum):
    CASEWORKER = "caseworker"
    """Klantmanager: reads conversations and takes them over."""
    EDITOR = "editor"
    """Redacteur: mends answers and examples, trains and publishes."""
    ADMINISTRATOR = "administrator"
    """Beheerder: accounts and the audit log; not what residents say."""


class Account(Numbered, OfMunicipality, Base):
    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("login"), UniqueConstraint("issuer", "subject"))

    login: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    """E-mail address in lower case; one in the whole installation."""
    name: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    """The name among colleagues."""
    shown_as: Mapped[str] = mapped_column(String(60), info=PERSONAL)
    """The name a resident reads above a reply; set by an administrator, never free text of the moment."""
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id. None: this account only signs in by another way (OIDC)."""
    one_time_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The password was made by somebody else: it works until then, and only to choose one's own."""
    issuer: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str | None] = mapped_column(String(200))
    """Who the identity provider says it is (OpenID Connect Core 1.0, section 2: `iss` and `sub`)."""
    totp_secret: Mapped[str | None] = mapped_column(String(300))
    """Sealed. In use from `totp_since`; before that it is being set up."""
    totp_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_step: Mapped[int | None]
    """The time step of the last accepted code: a code is good once (RFC 6238, section 5.2)."""
    demo: Mapped[bool] = mapped_column(default=False)
    """Made at the first run of a trial; may put off the second factor."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def may(self, *roles: Role) -> bool:
        """Whether it has one of these roles."""
        return any(role.value in self.roles for role in roles)
