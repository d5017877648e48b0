"""Where the texts of `memory` lie: in this process, in a SQLite file, or in Redis."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FORM = """
CREATE TABLE IF NOT EXISTS remembered (conversation TEXT PRIMARY KEY, text TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID
"""


class Here:
    """For a trial: gone with the process."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, conversation: str) -> str | None:
        return self.texts.get(conversation)

    def put(self, conversation: str, text: str) -> None:
        self.texts[conversation] = text

    def drop(self, conversation: str) -> None:
        self.texts.pop(conversation, None)


class File:
    """One open connection; a commit is safe when the process dies, and after a power cut the last turns may be gone."""

    def __init__(self, path: str) -> None:
        self._database = _connect(path)
        with self._database:
            self._database.execute(_FORM)
            self._database.execute("DROP TABLE IF EXISTS events")  # of Rasa's own store, before there was this one

    def get(self, conversation: str) -> str | None:
        row = self._database.execute("SELECT text FROM remembered WHERE conversation = ?", (conversation,)).fetchone()
        return row[0] if row else None

    def put(self, conversation: str, text: str) -> None:
        with self._database:
            self._database.execute("REPLACE INTO remembered VALUES (?, ?, ?)", (conversation, text, time.time()))

    def drop(self, conversation: str) -> None:
        with self._database:
            self._database.execute("DELETE FROM remembered WHERE conversation = ?", (conversation,))


class Redis:
    """`client` decodes; what is not touched for `kept` seconds goes by itself."""

    def __init__(self, client: Any, kept: int) -> None:
        self.client, self._kept = client, kept

    def get(self, conversation: str) -> str | None:
        text: str | None = self.client.get(_key(conversation))
        return text

    def put(self, conversation: str, text: str) -> None:
        self.client.set(_key(conversation), text, ex=self._kept)

    def drop(self, conversation: str) -> None:
        self.client.delete(_key(conversation))


def drop_older(path: str, than: float) -> int:
    """Deletes from a file what was written before that moment; returns how many conversations."""
    with _own_connection(path) as database, database:
        return database.execute("DELETE FROM remembered WHERE at < ?", (than,)).rowcount


@contextmanager
def _own_connection(path: str) -> Iterator[sqlite3.Connection]:
    database = _connect(path)
    try:
        yield database
    finally:
        database.close()


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        database.execute(f"PRAGMA {pragma}")
    return database


def _key(conversation: str) -> str:
    return f"remembered:{conversation}"
