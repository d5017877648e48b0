"""`trede chat` when a person takes over: the terminal says who speaks, as the other channels do."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.brain import Brain
from cli.chat import Talk
from cli.settings import read_settings
from cli.wiring import Wiring, wire
from db.models import Account, Conversation, Role
from services import hand_over
from services.municipalities import find_municipality
from tests.builders import build_account, build_database, build_municipality, build_phrases

pytestmark = pytest.mark.anyio


@pytest.fixture
def wiring(tmp_path: Path) -> Iterator[Wiring]:
    database = build_database(tmp_path)
    with database.writing() as session:
        build_phrases(session)
        build_municipality(session)
    database.close()
    opened = wire(read_settings({"TREDE_DATA_DIR": str(tmp_path), "TREDE_DATABASE_URL": str(database.engine.url)}))
    yield opened
    opened.database.close()


@pytest.fixture
async def talk(wiring: Wiring) -> AsyncIterator[Talk]:
    brain = Brain("http://127.0.0.1:9", "nobody is asked")
    talk = Talk(wiring, "voorbeeldstad", brain)
    talk.show(talk._open())
    yield talk
    await brain.close()


@pytest.fixture
def sanne(wiring: Wiring) -> Account:
    with wiring.database.writing() as session:
        return build_account(session, find_municipality(session, "voorbeeldstad"), Role.CASEWORKER, shown_as="Sanne")


def do(talk: Talk, deed: Any, *more: Any) -> None:
    with talk.wiring.database.writing() as session:
        deed(session, Conversation(id=talk.conversation_id), *more, datetime.now(UTC))


async def test_a_colleague_joins_speaks_and_closes(
    talk: Talk, sanne: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    do(talk, hand_over.take_over, sanne)
    await talk._say("bent u daar?")
    do(talk, hand_over.reply, sanne, "Dag, ik **kijk** mee.", "1")
    do(talk, hand_over.close, sanne)
    capsys.readouterr()
    talk.show(talk.conversation_id)

    assert capsys.readouterr().out.strip().splitlines()[::2] == [
        "Sanne van de gemeente: Dag, ik kijk mee.",
        "Medewerker Sanne heeft het gesprek afgesloten. "
        "Heeft u nog een vraag? Typ hem hier. Dan begint een nieuw gesprek met de chatbot.",
    ]


async def test_after_closing_a_line_begins_a_new_conversation_and_old_numbers_press_nothing(
    talk: Talk, sanne: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    first = talk.conversation_id
    do(talk, hand_over.take_over, sanne)
    do(talk, hand_over.close, sanne)
    talk.show(talk._receive("nog een vraag"))

    assert talk.conversation_id != first
    assert talk.buttons == {}
    assert "Hallo, ik ben Trede" in capsys.readouterr().out.split("afgesloten")[-1]
