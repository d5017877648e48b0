"""Bring a database to the newest form, or tell that it is not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

LOCK = 7_233_103
"""The number of our advisory lock in PostgreSQL: any, but always this one."""
FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def upgrade(engine: Engine) -> None:
    """Run the migrations that this database has not had yet, in one transaction; two processes do so one by one."""
    with migrating(engine) as config:
        command.upgrade(config, "head")


def downgrade(engine: Engine, to: str = "base") -> None:
    """Undo the migrations after `to`, with all that only they can hold."""
    with migrating(engine) as config:
        command.downgrade(config, to)


@contextmanager
def migrating(engine: Engine) -> Iterator[Config]:
    """Alembic's settings with a connection that nobody else migrates over."""
    config = _config()
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        # SQLite changes a table by making it anew: with the keys on, dropping the old one would take its children too.
        _say(connection, "PRAGMA foreign_keys=OFF", sqlite)
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                config.attributes["connection"] = connection
                yield config
        finally:
            _say(connection, "PRAGMA foreign_keys=ON", sqlite)


def _say(connection: Connection, pragma: str, sqlite: bool) -> None:
    """To the driver itself: inside a transaction SQLite passes over this pragma."""
    if sqlite:
        connection.connection.cursor().execute(pragma)


@contextmanager
def making_anew(engine: Engine, revision: str, refuse: Callable[[Connection], None]) -> Iterator[Connection]:
    """A connection to a store whose tables are empty and in the form of `revision`; at the end they get the newest.

    All of it is one transaction: an error leaves the store as it was. `refuse` raises when it holds anything.
    """
    with migrating(engine) as config:
        connection: Connection = config.attributes["connection"]
        refuse(connection)
        command.downgrade(config, "base")
        command.upgrade(config, revision)
        yield connection
        command.upgrade(config, "head")


def newest_form() -> str:
    """The number of the newest migration that this code has."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def is_known(revision: str) -> bool:
    """Whether this code has the migration of that number."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def is_current(engine: Engine) -> bool:
    """Whether the database has the form this code expects."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest_form()
