"""Encryption of a backup on its way to the file: AES-256-GCM in pieces, so that it never has to fit in memory.

Every piece has its own number and only the last one the mark of the last, so that none can be left out, doubled,
moved or cut off unnoticed. Each file has its own salt, hence its own key: a number is never used twice with one.
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from services.backup.errors import BackupBroken, WrongBackupKey

MAGIC = b"trede backup, sealed 1\n"
SALT, TAG = 16, 16
PIECE = 64 * 1024


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    # Slow on purpose (a tenth of a second, 32 MB): a passphrase is guessed, a file can be tried for years.
    return AESGCM(Scrypt(salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter:
    """What is written comes out encrypted. It is whole only after `finish()`."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self._out = out
        self._head = MAGIC + os.urandom(SALT)
        self._cipher = _cipher(passphrase, self._head[len(MAGIC) :])
        self._waiting = bytearray()
        self._number = 0
        out.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        # One piece stays behind: only at the end it is known which one is the last.
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """A piece that is not full waits for more."""

    def finish(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._head))
        self._number += 1


class OpeningReader:
    """Reads what a SealingWriter wrote. Raises WrongBackupKey at the first piece, BackupBroken at a later one."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._head = _exactly(file, len(MAGIC) + SALT)
        self._cipher = _cipher(passphrase, self._head[len(MAGIC) :])
        self._next = _exactly(file, PIECE + TAG)
        self._ready = memoryview(b"")
        self._number = 0

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        while not self._ready and self._next:
            self._ready = memoryview(self._open())
        taken, self._ready = self._ready[:size], self._ready[size:]
        return bytes(taken)

    def seek(self, _place: int) -> None:
        raise io.UnsupportedOperation("a backup is read from its beginning to its end, once")

    def _open(self) -> bytes:
        piece, self._next = self._next, _exactly(self._file, PIECE + TAG)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, last=not self._next), piece, self._head)
        except InvalidTag as error:
            raise (BackupBroken if self._number else WrongBackupKey) from error
        self._number += 1
        return opened


def _exactly(file: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer only at the end of the file: a pipe gives them in parts."""
    parts = bytearray()
    while len(parts) < size and (part := file.read(size - len(parts))):
        parts += part
    return bytes(parts)
