"""A store with everything in it that there is, and an empty one of either kind to restore into."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import JSON, URL, Column, Table, insert, inspect, select, text

from db.base import Base
from db.migrate import making_anew, newest_form
from db.session import Database
from db.types import UtcDateTime, Word
from services.backup.form import LEFT_OUT, Head
from services.backup.restore import Backup, refuse_a_full_store, take_in
from services.backup.write import write_backup
from tests.builders import build_keys
from tests.conftest import new_database

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class Copying:
    """Both verbs with what they need besides the store."""

    passphrase: str = ""
    told: list[tuple[str, int, int]] = field(default_factory=list)

    def backup(self, database: Database) -> bytes:
        out = io.BytesIO()
        with database.snapshot() as connection:
            write_backup(connection, out, self.passphrase, newest_form(), build_keys().check, NOW, self._progress)
        return out.getvalue()

    def restore(self, database: Database, data: bytes) -> Head:
        taken = Backup(io.BufferedReader(io.BytesIO(data)), self.passphrase)
        with making_anew(database.engine, taken.head.revision, refuse_a_full_store) as connection:
            take_in(connection, taken, self._progress)
        return taken.head

    def _progress(self, table: str, done: int, of: int) -> None:
        self.told.append((table, done, of))


@pytest.fixture
def copying() -> Copying:
    return Copying()


@pytest.fixture(params=["into sqlite", "into postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Without even a table."""
    if request.param == "into sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    else:
        address: URL = request.getfixturevalue("postgresql")
        opened = Database(new_database(address))
    yield opened
    opened.close()


type Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def rows_of() -> Callable[[Database], Rows]:
    """Every row of every table that a backup holds, in order."""

    def read(database: Database) -> Rows:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
        with database.snapshot() as connection:
            return {
                table.name: [
                    dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
                ]
                for table in tables
            }

    return read


def is_untouched(database: Database) -> bool:
    """Whether no table of ours was made there."""
    return set(inspect(database.engine).get_table_names()) <= {"alembic_version"}


@pytest.fixture
def full(database: Database) -> Database:
    """Three rows in every table there is, also in those that come later: all filled, nothing that may be left out."""
    with database.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for number in (1, 2, 3):
                connection.execute(insert(table).values(_row(table, number)))
            if database.engine.dialect.name == "postgresql" and "id" in table.columns:
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 3)"))
    return database


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns if number != 2 or not column.nullable}


def _value(column: Column[Any], number: int) -> Any:
    """Another one in every row, so that nothing that has to be unique collides."""
    if column.foreign_keys or column.primary_key:
        return number
    kind = column.type
    if isinstance(kind, Word):
        words = list(cast(type[StrEnum], kind.words))
        return words[number % len(words)]
    if isinstance(kind, UtcDateTime):
        return NOW + timedelta(minutes=number, microseconds=123456)
    if isinstance(kind, JSON):
        return {"nl": f'"tekst" {number}\n€ 8.000 🙂', "n": [number, None, 0.5, True]}
    plain = {bool: number == 1, int: number, float: 0.1 + number, date: date(2026, 7, number), time: time(9, number)}
    longest = getattr(kind, "length", None)
    return plain.get(kind.python_type, f"{number} ï'\" {column.name}"[:longest])
