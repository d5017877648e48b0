"""Take a backup back into an empty store: all of it, verified, or nothing."""

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, literal, select, table, text
from sqlalchemy.exc import StatementError

from services.backup.errors import BackupBroken, BackupSealed, NotABackup, RowRefused, StoreNotEmpty
from services.backup.form import Head, TablePart, from_plain
from services.backup.sealed import MAGIC, OpeningReader
from services.backup.write import AT_ONCE, Progress

LONGEST_LINE = 16 * 1024 * 1024
GZIP = b"\x1f\x8b"


def refuse_a_full_store(connection: Connection) -> None:
    """Raises StoreNotEmpty when any table of ours has a row."""
    names = inspect(connection).get_table_names()
    # Of SQLite's search index the tables are never without rows; its words are those of `message`.
    ours = [name for name in names if name != "alembic_version" and not name.startswith("message_search")]
    for name in ours:
        if connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first() is not None:
            raise StoreNotEmpty


class Backup:
    """A backup that is being read: its head first, then its rows in the order in which they were written."""

    def __init__(self, file: io.BufferedReader, passphrase: str) -> None:
        self._lines = _whole_lines(_unpacked(file, passphrase))
        self._digest = hashlib.sha256()
        self.head = Head.from_json(self._next())

    def rows(self, part: TablePart) -> Iterator[list[Any]]:
        for _ in range(part.rows):
            yield self._next()

    def verify(self) -> None:
        """Raises BackupBroken when a line before this was changed, or when more follows."""
        expected = {"sha256": self._digest.hexdigest()}
        if self._next() != expected or next(self._lines, None) is not None:
            raise BackupBroken

    def _next(self) -> Any:
        try:
            line = next(self._lines)
            self._digest.update(line)
            return json.loads(line)
        except (StopIteration, ValueError) as error:
            raise BackupBroken from error


def take_in(connection: Connection, backup: Backup, progress: Progress) -> None:
    """Insert all rows. The tables are there, in the form the backup was made in, and empty."""
    known = MetaData()
    for part in backup.head.tables:
        place = Table(part.name, known, autoload_with=connection, resolve_fks=False)
        kinds = {column.name: column.type for column in place.columns}
        if not set(part.columns) <= set(kinds):
            raise BackupBroken
        done = 0
        for batch in _batches(backup.rows(part)):
            _put(connection, place, [from_plain(row, part.columns, kinds) for row in batch])
            done += len(batch)
            progress(part.name, done, part.rows)
        _count_on(connection, place)
    backup.verify()
    _verify_counts(connection, backup.head, known)


def _put(connection: Connection, place: Table, rows: list[dict[str, Any]]) -> None:
    try:
        connection.execute(insert(place), rows)
    except StatementError:
        # For instance too long: SQLite minds no lengths. Not chained: the text of the error quotes the row.
        raise RowRefused(place.name) from None


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _count_on(connection: Connection, place: Table) -> None:
    """PostgreSQL hands out numbers from a counter that knows nothing of rows that brought their own."""
    if connection.dialect.name != "postgresql" or "id" not in place.columns:
        return
    highest = connection.scalar(select(func.max(place.columns["id"])))
    if highest is not None:
        named = {"table": place.name, "highest": highest}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"), named)


def _verify_counts(connection: Connection, head: Head, known: MetaData) -> None:
    for part in head.tables:
        if connection.scalar(select(func.count()).select_from(known.tables[part.name])) != part.rows:
            raise BackupBroken
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise BackupBroken


def _unpacked(file: io.BufferedReader, passphrase: str) -> gzip.GzipFile:
    """The lines as they were written, whatever is around them."""
    start = file.peek(len(MAGIC))[: len(MAGIC)]
    if start == MAGIC:
        if not passphrase:
            raise BackupSealed
        return gzip.GzipFile(fileobj=OpeningReader(file, passphrase))
    if not start.startswith(GZIP):
        raise NotABackup
    return gzip.GzipFile(fileobj=file)


def _whole_lines(unpacked: gzip.GzipFile) -> Iterator[bytes]:
    """Raises BackupBroken where it was cut off or damaged."""
    try:
        while line := unpacked.readline(LONGEST_LINE):
            if not line.endswith(b"\n"):
                raise BackupBroken
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupBroken from error
