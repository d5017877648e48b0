"""A municipality in which things lie waiting."""

import pytest

from db.session import Database
from tests.builders import build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.integration.services.conftest import Town


@pytest.fixture
def town(database: Database, clock: Clock) -> Town:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        return Town(database, clock, build_municipality(session))
