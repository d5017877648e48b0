"""Made-up conversations: only in an example, as many as asked for, and like real ones on every page that shows them."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from benefits.figures import load_figures
from db.models import Account, Channel, Conversation, ConversationState, Message, MessageKind, Role
from services.calendar import day_here
from services.conversation_list.order import Filters, View
from services.conversation_list.page import list_conversations
from services.errors import NotAnExample
from services.reading.transcript import read_transcript
from services.search import find_conversations
from services.seeding.material import Material, gather
from services.seeding.plant import lengths, plant
from tests.builders import build_account, build_municipality
from tests.integration.services.conftest import Town


def material_of(town: Town) -> Material:
    with town.database.reading() as session:
        return gather(session, load_figures(), town.row, town.keys.seal("0"), day_here(town.clock()))


def sow(town: Town, conversations: int = 300, messages: int = 3_000) -> int:
    sizes, material = list(lengths(Random(1), conversations, messages)), material_of(town)
    with town.database.writing() as session:
        return plant(session, material, Random(1), sizes, town.clock())


@pytest.fixture
def sanne(town: Town) -> Account:
    with town.database.writing() as session:
        return build_account(session, town.row, Role.CASEWORKER, login="sanne", shown_as="Sanne")


def test_a_municipality_that_is_no_example_gets_none(town: Town) -> None:
    with town.database.writing() as session:
        real = build_municipality(session, "echt", "Echt", example=False)
        with pytest.raises(NotAnExample):
            gather(session, load_figures(), real, "", day_here(town.clock()))


def test_there_are_as_many_as_asked_for(town: Town, sanne: Account) -> None:
    written = sow(town)
    with town.database.reading() as session:
        counted = session.scalar(select(func.count()).select_from(Message))
        assert session.scalar(select(func.count()).select_from(Conversation)) == 300
    assert counted == written
    assert 2_800 < written < 3_300


def test_they_are_of_all_kinds_and_of_the_last_thirty_days(town: Town, sanne: Account) -> None:
    sow(town, 1_000, 8_000)
    with town.database.reading() as session:
        rows = session.scalars(select(Conversation)).all()
    states, channels = Counter(row.state for row in rows), Counter(row.channel for row in rows)

    assert set(states) == set(ConversationState)
    assert states[ConversationState.BOT] > 800
    assert set(channels) == set(Channel)
    assert {row.assigned_to for row in rows if row.state is ConversationState.HUMAN} == {sanne.id}
    assert min(row.last_line_at for row in rows) > town.clock() - timedelta(days=31)
    assert max(row.changed_at for row in rows) <= town.clock() + timedelta(minutes=1)


def test_without_caseworkers_nobody_has_one(town: Town) -> None:
    sow(town)
    with town.database.reading() as session:
        assert session.scalars(select(Conversation).where(Conversation.assigned_to.is_not(None))).all() == []
        assert list_conversations(session, town.row.id, 0, Filters(View.YOURS)).rows == ()


def test_a_made_up_conversation_reads_like_a_real_one(town: Town, sanne: Account) -> None:
    sow(town, 20, 200)
    with town.database.reading() as session:
        first = list_conversations(session, town.row.id, sanne.id, Filters(View.BOT)).rows[0]
        said = read_transcript(session, load_figures(), town.row.id, first.id).messages
    answer = next(one for one in said if one.kind is MessageKind.ANSWER)

    assert [one.seq for one in said] == list(range(1, len(said) + 1))
    assert answer.behind
    assert answer.behind.version
    assert 0 < (answer.behind.confidence or 0) < 1
    assert first.topic_label in ("Hoeveel spaargeld", "Op vakantie")


def test_what_was_made_up_can_be_searched(town: Town, sanne: Account) -> None:
    sow(town, 50, 400)
    with town.database.reading() as session:
        line = session.scalars(select(Message).where(Message.kind == MessageKind.LINE)).first()
        assert line
        assert line.conversation_id in find_conversations(session, town.row.id, line.text).conversations
