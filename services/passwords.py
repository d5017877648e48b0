"""Passwords: which are good enough, how they are kept (argon2id), and how one is compared. Nothing here is stored."""

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.common_passwords import is_common
from services.errors import ServiceError

LEAST, MOST = 12, 256
# RFC 9106, second recommended choice: 64 MiB, three passes. About a tenth of a second.
HASHER = PasswordHasher()
# Without signs that look alike; one types it over from paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class WeakPassword(ServiceError):
    """Others would guess this password."""


class PasswordTooShort(WeakPassword):
    """The password is shorter than it must be."""


class PasswordTooLong(WeakPassword):
    """The password is longer than anybody types."""


class PasswordCommon(WeakPassword):
    """The password is the login, a name, or one that others try first."""


@dataclass(frozen=True)
class Made:
    """A password made by us: told once, kept as a hash."""

    text: str
    hash: str


@dataclass(frozen=True)
class Compared:
    right: bool
    new_hash: str | None = None
    """The password was kept in an older way than we do now; this replaces it."""


def make_password() -> Made:
    """Four groups of four signs: 79 bits."""
    text = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
    return Made(text, HASHER.hash(text))


def hash_password(password: str) -> str:
    return HASHER.hash(_normal(password))


def compare(password_hash: str | None, password: str) -> Compared:
    """Takes a tenth of a second and 64 MiB, whatever comes out. For use in a thread, few at a time."""
    typed = _normal(password)[:MOST]
    try:
        HASHER.verify(password_hash or _nobodys(), typed)
    except (VerificationError, InvalidHashError):
        return Compared(False)
    if password_hash is None:
        return Compared(False)
    return Compared(True, HASHER.hash(typed) if HASHER.check_needs_rehash(password_hash) else None)


def check_password(password: str, *own: str) -> None:
    """Raises WeakPassword. Long is what counts: no rules about capitals or signs. `own`: login, name and the like."""
    typed = _normal(password)
    if len(typed) < LEAST:
        raise PasswordTooShort
    if len(typed) > MOST:
        raise PasswordTooLong
    words = {word for text in own for word in (text, *text.replace("@", " ").split())}
    if is_common(typed, *words):
        raise PasswordCommon


@cache
def _nobodys() -> str:
    """Compared with when there is no such account, so that the answer takes as long."""
    return HASHER.hash(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    """The same letters typed on another machine are the same password (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
