"""Two processes that start together on an empty database make what has to be there once."""

from sqlalchemy import func, select

from cli.prepare import prepare_content, prepare_database
from cli.settings import read_settings
from cli.wiring import wire
from db import migrate
from db.models import Example, Municipality, Topic
from db.session import Database
from tests.integration.services.conftest import at_once


def test_processes_that_start_together_import_the_content_once(database: Database, tmp_path: object) -> None:
    migrate.downgrade(database.engine)
    address = database.engine.url.render_as_string(hide_password=False)
    told: list[str] = []

    def start(number: int) -> None:
        wiring = wire(read_settings({"TREDE_DATA_DIR": f"{tmp_path}/{number}", "TREDE_DATABASE_URL": address}))
        prepare_database(wiring, told.append)
        prepare_content(wiring, told.append)
        wiring.database.close()

    at_once(3, start)

    with database.reading() as session:
        names = session.scalars(select(Topic.name)).all()
        examples = session.scalar(select(func.count(Example.id)))
        towns = session.scalars(select(Municipality.slug)).all()
    assert len(names) == len(set(names)) > 50
    assert len(towns) == len(set(towns)) > 3
    assert examples
    assert len([line for line in told if line.startswith("Inhoud")]) == 3
