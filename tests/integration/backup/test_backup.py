"""A backup of either database restores into either: the same rows, or nothing at all."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from db.base import Base
from db.migrate import is_current, upgrade
from db.models import Municipality, StaffSession
from db.session import Database
from services.backup.errors import (
    BackupBroken,
    BackupSealed,
    BackupTooNew,
    NotABackup,
    RowRefused,
    StoreNotEmpty,
    WrongBackupKey,
)
from tests.builders import build_database, build_municipality
from tests.integration.backup.conftest import Copying, Rows, is_untouched

KEY = "a passphrase of this test that is long enough"


def lines_of(backup: bytes) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(backup).splitlines()]


def packed(lines: list[Any]) -> bytes:
    return gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode())


def test_every_row_of_every_table_comes_back(
    full: Database, new_store: Database, copying: Copying, rows_of: Callable[[Database], Rows]
) -> None:
    head = copying.restore(new_store, copying.backup(full))

    assert rows_of(new_store) == rows_of(full)
    assert head.rows == sum(len(rows) for rows in rows_of(full).values()) > 30
    assert is_current(new_store.engine)


def test_new_rows_get_new_numbers_after_a_restore(full: Database, new_store: Database, copying: Copying) -> None:
    copying.restore(new_store, copying.backup(full))
    with new_store.writing() as session:
        assert build_municipality(session, "nieuw").id == 4


def test_an_encrypted_backup_comes_back_with_its_key_only(full: Database, new_store: Database) -> None:
    sealed = Copying(KEY).backup(full)
    with pytest.raises(BackupSealed):
        Copying().restore(new_store, sealed)
    with pytest.raises(WrongBackupKey):
        Copying(KEY + "!").restore(new_store, sealed)

    assert b"municipality" not in sealed
    assert is_untouched(new_store)
    assert Copying(KEY).restore(new_store, sealed).rows > 30


def test_a_store_with_anything_in_it_is_left_alone(
    full: Database, copying: Copying, rows_of: Callable[[Database], Rows]
) -> None:
    before = rows_of(full)
    with pytest.raises(StoreNotEmpty):
        copying.restore(full, copying.backup(full))

    assert rows_of(full) == before


def test_tables_without_rows_are_no_hindrance(full: Database, new_store: Database, copying: Copying) -> None:
    upgrade(new_store.engine)

    assert copying.restore(new_store, copying.backup(full)).rows > 30


def test_who_is_signed_in_is_not_in_a_backup(full: Database, new_store: Database, copying: Copying) -> None:
    copying.restore(new_store, copying.backup(full))
    with new_store.reading() as session:
        assert session.scalars(select(StaffSession)).all() == []


def test_a_backup_of_an_older_form_gets_the_newest(new_store: Database, copying: Copying, database: Database) -> None:
    with database.writing() as session:
        build_municipality(session)
    lines = lines_of(copying.backup(database))
    # Rows of the first form: the town alone, since other tables had other columns then.
    lines[0] |= {
        "revision": "0001",
        "tables": [table for table in lines[0]["tables"] if table["name"] == "municipality"],
    }
    copying.restore(new_store, signed(lines[:-1]))

    assert is_current(new_store.engine)
    with new_store.reading() as session:
        assert session.scalars(select(Municipality.slug)).all() == ["voorbeeldstad"]


def signed(lines: list[Any]) -> bytes:
    text_ = "".join(json.dumps(line) + "\n" for line in lines).encode()
    return gzip.compress(text_ + json.dumps({"sha256": hashlib.sha256(text_).hexdigest()}).encode() + b"\n")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: packed(lines_of(whole)[:-1]),
        lambda whole: packed([*lines_of(whole)[:-2], lines_of(whole)[-1]]),
        lambda whole: packed([lines_of(whole)[0], *lines_of(whole)[1:]]),
        lambda whole: gzip.compress(gzip.decompress(whole).replace(b"voorbeeldstad", b"voorbeeldstat", 1)),
        lambda whole: gzip.compress(gzip.decompress(whole) + b"[1]\n"),
    ],
    ids=["half", "one byte short", "no end", "a row short", "other spaces", "one letter", "more after the end"],
)
def test_a_backup_that_is_not_as_it_was_written_changes_nothing(
    tmp_path: Path, new_store: Database, copying: Copying, spoil: Callable[[bytes], bytes]
) -> None:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_municipality(session)
    with pytest.raises(BackupBroken):
        copying.restore(new_store, spoil(copying.backup(database)))
    database.close()

    assert is_untouched(new_store)


@pytest.mark.parametrize(
    ("change", "told"), [({"kind": "photos"}, NotABackup), ({"form": 2}, BackupTooNew)], ids=["other", "newer"]
)
def test_what_is_no_backup_of_this_form_is_told(
    database: Database, copying: Copying, change: dict[str, Any], told: type[Exception]
) -> None:
    lines = lines_of(copying.backup(database))
    with pytest.raises(told):
        copying.restore(database, packed([lines[0] | change, *lines[1:]]))
    with pytest.raises(NotABackup):
        copying.restore(database, b"PK\x03\x04 something else")


def test_a_row_that_does_not_fit_is_told_by_its_table_and_changes_nothing(
    database: Database, new_store: Database, copying: Copying
) -> None:
    with database.writing() as session:
        build_municipality(session)
    lines = lines_of(copying.backup(database))
    twice = [*lines[:2], lines[1], *lines[2:-1]]
    twice[0]["tables"][0]["rows"] = 2
    with pytest.raises(RowRefused, match="'municipality'"):
        copying.restore(new_store, signed(twice))

    assert is_untouched(new_store)


def test_what_is_written_meanwhile_is_not_in_it(database: Database, copying: Copying) -> None:
    with database.writing() as session:
        build_municipality(session)
    with database.snapshot() as connection:
        seen = connection.execute(text("SELECT count(*) FROM municipality")).scalar()
        with database.writing() as session:
            build_municipality(session, "later")
        again = connection.execute(text("SELECT count(*) FROM municipality")).scalar()

    assert (seen, again) == (1, 1)


def test_every_table_is_in_it_or_left_out_by_name(full: Database, copying: Copying) -> None:
    names = {table["name"] for table in lines_of(copying.backup(full))[0]["tables"]}

    assert names | {"process", "backup", "staff_session", "sign_in_brake"} == set(Base.metadata.tables)
    assert set(inspect(full.engine).get_table_names()) >= names


def test_a_large_table_is_told_on_the_way(database: Database, copying: Copying) -> None:
    with database.writing() as session:
        for number in range(2500):
            session.add(Municipality(slug=f"stad-{number}", name="Stad", settings={}))
    copying.backup(database)

    assert [(done, of) for table, done, of in copying.told if table == "municipality"] == [
        (1000, 2500), (2000, 2500), (2500, 2500)
    ]  # fmt: skip
