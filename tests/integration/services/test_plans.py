"""SQLite keeps no figures about its tables: which index it takes is decided by which there are. So it is looked at here
what every step of a conversation reads. (PostgreSQL keeps figures.)"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from db.models import Conversation
from db.session import Database
from services.reading.transcript import newer_conversation
from services.waiting import tell_waiting
from services.wiping import wipe_conversation
from tests.builders import build_database, build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.integration.services.colleagues import colleague
from tests.integration.services.conftest import Town

# Of one conversation, of one address, or of the few that wait for something.
NARROW = re.compile(
    r"SEARCH (conversation|message|message_1) USING (INTEGER PRIMARY KEY|(COVERING )?INDEX \w+) "
    r"\((rowid=|conversation_id=|in_reply_to=|contact_point_id=|status=|municipality_id=\? AND (state|external_id)=)"
)
LARGE = re.compile(r"\b(SCAN|SEARCH) (conversation|message|message_1)\b")


@contextmanager
def plans(database: Database) -> Iterator[list[str]]:
    """How SQLite reads the large tables, with the beginning of the statement."""
    told: list[str] = []

    def note(connection: Any, _cursor: object, statement: str, given: Any, *_: object) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "DELETE"):
            for row in connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall():
                if LARGE.search(row[-1]):
                    told.append(f"{row[-1]} | {' '.join(statement.split())[:100]}")

    event.listen(database.engine, "before_cursor_execute", note)
    yield told
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture
def town(tmp_path: Path, clock: Clock) -> Iterator[Town]:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_phrases(session)
        build_topic(session)
        made = Town(database, clock, build_municipality(session))
    yield made
    database.close()


def test_no_step_of_a_conversation_reads_those_of_others(town: Town) -> None:
    sanne = colleague(town)
    with plans(town.database) as told:
        received = town.say("hoeveel spaargeld")
        town.answer(received)
        town.press(3)
        sanne.take(received.conversation_id)
        town.say("en nu?")
        sanne.reply(received.conversation_id)
        sanne.give_back(received.conversation_id)
        with town.database.writing() as session:
            conversation = session.get_one(Conversation, received.conversation_id)
            newer_conversation(session, conversation)
            tell_waiting(session, town.clock())
            wipe_conversation(session, conversation, town.clock())

    assert len(told) > 20
    assert [plan for plan in told if not NARROW.match(plan)] == []
