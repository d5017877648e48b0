"""Write everything that is on record to a stream, as it was at one moment."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, func, select

from db.base import Base
from services.backup.form import LEFT_OUT, Head, TablePart, to_plain
from services.backup.sealed import SealingWriter

AT_ONCE = 1000
type Progress = Callable[[str, int, int], None]
"""Name of a table, rows done, rows in all."""


def write_backup(
    connection: Connection,
    out: BinaryIO,
    passphrase: str,
    revision: str,
    key_check: str,
    now: datetime,
    progress: Progress,
) -> Head:
    """`connection` sees one moment of the store. Without a passphrase the backup is readable for who has the file."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
    parts = tuple(_part(connection, table) for table in tables)
    head = Head(now.isoformat(), revision, key_check, parts)
    sealing = SealingWriter(out, passphrase) if passphrase else None
    with gzip.GzipFile(fileobj=sealing or out, mode="wb", compresslevel=6, mtime=0) as packed:
        lines = _Lines(packed)
        lines.put(head.to_json())
        for table, part in zip(tables, parts, strict=True):
            for number, row in enumerate(_rows(connection, table), start=1):
                lines.put(row)
                if number % AT_ONCE == 0 or number == part.rows:
                    progress(table.name, number, part.rows)
        lines.end()
    if sealing is not None:
        sealing.finish()
    return head


class _Lines:
    """Lines of JSON, and the digest of all of them."""

    def __init__(self, out: gzip.GzipFile) -> None:
        self._out = out
        self._digest = hashlib.sha256()

    def put(self, value: Any) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._out.write(line)

    def end(self) -> None:
        self._out.write(json.dumps({"sha256": self._digest.hexdigest()}).encode() + b"\n")


def _part(connection: Connection, table: Table) -> TablePart:
    count = connection.scalar(select(func.count()).select_from(table)) or 0
    return TablePart(table.name, tuple(column.name for column in table.columns), count)


def _rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """In the order of their numbers: an answer comes after its line. Never all of them in memory."""
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(query):
        yield [to_plain(value) for value in row]
