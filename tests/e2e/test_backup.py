"""A backup restored into an empty store gives the same conversations, and the assistant goes on in them."""

import stat
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import URL, select

from db.models import Message
from tests.conftest import new_database
from tests.e2e.installation import Installation, Resident, plain

pytestmark = pytest.mark.e2e

SECRET_KEY = "the secret key of this test, which every store shares"
BACKUP_KEY = "the key of the backups of this test, kept apart"
HOPS = ("postgresql", "postgresql", "sqlite")
"""Begun on SQLite. From SQLite into SQLite goes without an assistant, below."""


def said(installation: Installation) -> list[tuple[int, int, str, str]]:
    database = installation.database
    with database.reading() as session:
        rows = session.execute(
            select(Message.conversation_id, Message.seq, Message.kind, Message.text).order_by(Message.id)
        ).all()
    database.close()
    return [(conversation, seq, str(kind), text) for conversation, seq, kind, text in rows]


def test_conversations_go_on_from_store_to_store(
    install: Callable[..., Installation], postgresql: URL, tmp_path: Path
) -> None:
    store = begin(install(TREDE_SECRET_KEY=SECRET_KEY, TREDE_BACKUP_KEY=BACKUP_KEY))
    with Resident(store.url) as resident:
        resident.says("hoeveel mag ik sparen")
        for number, kind in enumerate(HOPS):
            file = tmp_path / f"backup-{number}"
            before = said(store)
            done = store.trede("backup", str(file))
            assert done.returncode == 0, done.stderr
            store.stop()
            address = {"TREDE_DATABASE_URL": new_database(postgresql)} if kind == "postgresql" else {}
            store = install(TREDE_SECRET_KEY=SECRET_KEY, TREDE_BACKUP_KEY=BACKUP_KEY, **address)
            done = store.trede("restore", str(file))
            assert done.returncode == 0, done.stderr
            assert said(store) == before
            begin(store)
            resident.client.base_url = httpx.URL(store.url)
            assert "hoeveel mag ik sparen" in resident.looks_again()
            page = plain(resident.says(f"kan ik vakantie houden in turkije {number}"))
            assert "artikel 13" in page[page.rindex("turkije") :]
    assert len({conversation for conversation, *_ in said(store)}) == 1


def begin(installation: Installation) -> Installation:
    installation.start()
    installation.wait_until_ready()
    return installation


@pytest.fixture
def backed_up(install: Callable[..., Installation], tmp_path: Path) -> tuple[Installation, Path]:
    store, file = install(), tmp_path / "backup"
    assert store.trede("prepare").returncode == 0
    assert store.trede("backup", str(file)).returncode == 0
    return store, file


def test_a_backup_is_for_its_owner_only_and_never_overwritten(backed_up: tuple[Installation, Path]) -> None:
    store, file = backed_up
    again = store.trede("backup", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert again.returncode == 1
    assert "bestaat al" in again.stderr
    assert [path.name for path in file.parent.glob("*backup*")] == ["backup"]


def test_a_store_with_data_is_refused_in_one_sentence(backed_up: tuple[Installation, Path]) -> None:
    store, file = backed_up
    done = store.trede("restore", str(file))

    assert done.returncode == 1
    assert "only restored into an empty one" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_goes_through_a_pipe_and_tells_of_another_key(
    backed_up: tuple[Installation, Path], install: Callable[..., Installation], tmp_path: Path
) -> None:
    store, other = backed_up[0], install(TREDE_SECRET_KEY=SECRET_KEY)
    piped = tmp_path / "piped"
    with piped.open("wb") as out:
        assert store.pipe("backup", out=out).returncode == 0
    with piped.open("rb") as given:
        done = other.pipe("restore", given=given)

    assert done.returncode == 0, done.stderr
    assert b"andere TREDE_SECRET_KEY" in done.stderr
    assert said(other) == said(store) == []
