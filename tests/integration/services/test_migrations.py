"""The migrations make exactly what the models say, on both databases, and can be undone."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, String, inspect, select, text

from db import migrate
from db.base import Base
from db.models import Municipality, Phrase
from db.session import Database
from tests.builders import build_municipality, build_phrases
from tests.integration.services.conftest import at_once


@pytest.fixture
def empty(database: Database) -> Engine:
    """A database without any table of ours."""
    migrate.downgrade(database.engine)
    return database.engine


def is_of_a_model(name: str | None, *_: object) -> bool:
    """The full text of messages is made by the migrations alone: no model can tell how."""
    return name is None or ("message_search" not in name and "said_words" not in name)


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory(str(migrate.FOLDER)).get_heads()) == 1


def test_from_nothing_the_migrations_make_what_the_models_say(empty: Engine) -> None:
    migrate.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_of_a_model})

        assert compare_metadata(context, Base.metadata) == []
    assert migrate.is_current(empty)


def test_all_can_be_undone(empty: Engine) -> None:
    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert not migrate.is_current(empty)


def test_the_words_of_messages_are_kept_in_step_by_the_database_itself(database: Database) -> None:
    # SQLite changes a table by making it anew, and then forgets its triggers: a migration has to make them again.
    with database.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'message' ORDER BY name"
            made = ["message_search_added", "message_search_changed", "message_search_deleted"]
        else:
            query = "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%USING gin%'"
            made = ["ix_message_said_words"]

        assert session.scalars(text(query)).all() == made


def test_upgrading_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        build_municipality(session)
    migrate.upgrade(database.engine)

    with database.reading() as session:
        assert session.scalars(select(Municipality.slug)).all() == ["voorbeeldstad"]


def test_processes_that_start_together_migrate_once(empty: Engine) -> None:
    at_once(6, lambda _: migrate.upgrade(empty))

    assert migrate.is_current(empty)


def test_changing_a_table_that_others_point_to_takes_nothing_of_theirs_along(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        build_phrases(session)
        before = len(session.scalars(select(Phrase.id)).all())

    def widen(config: Config, _to: str) -> None:
        operations = Operations(MigrationContext.configure(config.attributes["connection"]))
        with operations.batch_alter_table("municipality", recreate="auto") as batch:
            batch.alter_column("slug", type_=String(90), existing_type=String(60))

    monkeypatch.setattr(command, "upgrade", widen)
    migrate.upgrade(database.engine)

    with database.reading() as session:
        assert len(session.scalars(select(Phrase.id)).all()) == before > 0


def test_afterwards_the_keys_are_held_again(database: Database) -> None:
    migrate.upgrade(database.engine)
    with database.writing() as session:
        town = build_municipality(session)
        session.add(Phrase(municipality_id=town.id, key="a", language="nl", text="a"))
    with database.writing() as session:
        session.delete(session.get_one(Municipality, town.id))

    with database.reading() as session:
        assert session.scalars(select(Phrase)).all() == []


def test_every_migration_tells_when_it_runs() -> None:
    for file in sorted(Path(migrate.FOLDER / "versions").glob("*.py")):
        assert "Runs before the code is replaced." in file.read_text() or "Runs after" in file.read_text(), file.name
