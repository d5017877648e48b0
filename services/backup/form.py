"""The form of a backup: gzip over lines of JSON, which say nothing of the database they came from.

The first line tells what follows: the form of the store (number of its newest migration) and every table with its
columns and how many rows it has. Then the rows, a line each, and last a line with the SHA-256 of all lines before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Date, DateTime, Time
from sqlalchemy.types import TypeEngine

from services.backup.errors import BackupBroken, BackupTooNew, NotABackup

KIND, FORM = "backup of trede", 1
LEFT_OUT = frozenset({"process", "backup", "staff_session", "sign_in_brake"})
"""Who runs, which backups there are, who is signed in and who failed to: true only where and when it was written."""


@dataclass(frozen=True)
class TablePart:
    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Head:
    """What a backup holds. `key_check` tells whether the store it goes to has the secret key of the one it is from."""

    made_at: str
    revision: str
    key_check: str
    tables: tuple[TablePart, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def to_json(self) -> dict[str, Any]:
        return {"kind": KIND, "form": FORM} | asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> "Head":
        if not isinstance(told, dict) or told.get("kind") != KIND:
            raise NotABackup
        if told.get("form") != FORM:
            raise BackupTooNew
        tables = tuple(TablePart(t["name"], tuple(t["columns"]), t["rows"]) for t in told["tables"])
        return cls(told["made_at"], told["revision"], told["key_check"], tables)


def to_plain(value: Any) -> Any:
    """A value of a row as JSON has it. What neither JSON knows nor tells a time makes `json.dumps` fail."""
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def from_plain(values: Sequence[Any], columns: Sequence[str], kinds: Mapping[str, TypeEngine[Any]]) -> dict[str, Any]:
    """A row as the database wants it; `kinds` are the types of its columns there."""
    try:
        return {column: _typed(value, kinds[column]) for column, value in zip(columns, values, strict=True)}
    except ValueError as error:
        raise BackupBroken from error


def _typed(value: Any, kind: TypeEngine[Any]) -> Any:
    if isinstance(value, str) and isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, Time):
        return time.fromisoformat(value)
    return value
