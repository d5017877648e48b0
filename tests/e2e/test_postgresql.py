"""The same job on the database of a large municipality, from an empty one on."""

from collections.abc import Callable

import pytest
from sqlalchemy import URL

from tests.conftest import new_database
from tests.e2e.installation import Installation, Resident, plain

pytestmark = pytest.mark.e2e


def test_a_question_is_answered_on_postgresql(install: Callable[..., Installation], postgresql: URL) -> None:
    installation = install(TREDE_DATABASE_URL=new_database(postgresql))
    installation.start()
    installation.wait_until_ready()
    with Resident(installation.url) as resident:
        page = plain(resident.says("moet ik alles opgeven wat ik krijg van mijn moeder"))
    assert "1.200" in page[page.rindex("moeder") :]
