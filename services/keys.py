"""The secrets of one installation, used in two ways: to find an address again, and to seal it."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.errors import ServiceError


class SealBroken(ServiceError):
    """An address was sealed with another secret key than this one: TREDE_SECRET_KEY has changed."""


class Keys:
    """Derived from TREDE_SECRET_KEY, so that one leak does not open both."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise ValueError("TREDE_SECRET_KEY must have at least 32 characters")
        self._secret = secret.encode()

    def _derive(self, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(self._secret)

    @cached_property
    def _lookup_key(self) -> bytes:
        return self._derive("trede lookup")

    @cached_property
    def _fernet(self) -> Fernet:
        return Fernet(urlsafe_b64encode(self._derive("trede seal")))

    @cached_property
    def check(self) -> str:
        """16 hexadecimal characters: the same key has the same, and the key cannot be found from them."""
        return self._derive("trede check").hex()[:16]

    def lookup(self, *parts: str) -> str:
        """64 hexadecimal characters by which the same address is found again."""
        return hmac.new(self._lookup_key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()

    def seal(self, address: str) -> str:
        return self._fernet.encrypt(address.encode()).decode()

    def unseal(self, sealed: str) -> str:
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken from error
