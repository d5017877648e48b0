"""The way to the database: one engine a process, one transaction a deed."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

LIES_STILL = 1.0
"""Seconds after which a connection is looked at before it is used; doing so every time takes as long as a statement."""


class Database:
    """Doors open `writing()` or `reading()`; verbs get the session and never commit."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        # SQLite lets one write at a time and makes the others ask again and again, with growing pauses. Within one
        # process they wait for each other here, and the next one goes on at once.
        alone = self.engine.dialect.name == "sqlite"
        self._turn_to_write: AbstractContextManager[Any] = threading.RLock() if alone else nullcontext()
        self.one_writer = alone
        # What is closed stays closed: looking something up afterwards would open a transaction that nobody ends.
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, close_resets_only=False)
        reading = self.engine.execution_options(reading=True)
        self._readers = sessionmaker(reading, expire_on_commit=False, close_resets_only=False)
        glancing = reading if alone else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._glancers = sessionmaker(glancing, expire_on_commit=False, close_resets_only=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or undone by an error."""
        with self._turn_to_write, self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only looks. On SQLite it waits for no writer."""
        with self._readers.begin() as session:
            yield session

    @contextmanager
    def glancing(self) -> Iterator[Session]:
        """As `reading`, for what every line of a resident looks up: on PostgreSQL without waiting for BEGIN and COMMIT.

        Each statement sees the newest, as it does within a transaction there.
        """
        with self._glancers.begin() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one moment of the whole store, however long the looking takes."""
        sqlite = self.engine.dialect.name == "sqlite"
        options = {"reading": True} if sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.execution_options(**options).begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql+psycopg://...`. Its errors do not quote what was to be stored."""
    if make_url(url).get_backend_name() != "sqlite":
        # As many as there are threads that work with it (anyio: 40); a few more for the moment of a burst.
        engine = create_engine(url, pool_size=20, max_overflow=25, hide_parameters=True)
        event.listen(engine, "checkin", _note_moment)
        event.listen(engine, "checkout", partial(_look_whether_it_lives, engine))
        return engine
    engine = create_engine(url, connect_args={"timeout": 20}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_moment(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["since"] = time.monotonic()


def _look_whether_it_lives(engine: Engine, connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A connection that lay still for a while may have been cut, for instance by a restart: then another is made."""
    if time.monotonic() - record.info.get("since", time.monotonic()) < LIES_STILL:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: we say BEGIN, in one of the two forms below.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once; taking it halfway would fail instead of wait (SQLITE_BUSY in a read snapshot).
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
