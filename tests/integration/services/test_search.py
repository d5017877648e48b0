"""Search in what was said: both databases find the same, nothing typed can break it, and what is gone is gone."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from db.models import Channel, Conversation, MessageKind
from services import search
from services.search import Found, find_conversations, tidy_up
from services.search_words import words_of
from services.wiping import erase_conversation, wipe_conversation
from tests.builders import build_database, build_municipality
from tests.conversations import build_conversation, build_message
from tests.integration.services.conftest import Town


def add(town: Town, *lines: str, **fields: object) -> int:
    with town.database.writing() as session:
        return build_conversation(session, town.row, *lines, **fields).id  # type: ignore[arg-type]


def find(town: Town, typed: str, municipality_id: int | None = None) -> Found:
    with town.database.reading() as session:
        return find_conversations(session, municipality_id or town.row.id, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "caravan", "CARAVAN", "cara", "oude caravan", "caravan oude", "café", "cafe", "CAFÉ", "met mijn caravan",
        "8.000", "8 000", "e-mail", "mail", "caravan!?", "'caravan'", '"caravan"', "caravan*", "(caravan", "caravan)",
        "caravan:", "-caravan", "caravan;", "\u200bcaravan", "oude\ncaravan",
    ],
)  # fmt: skip
def test_what_was_said_is_found_however_it_is_typed(town: Town, typed: str) -> None:
    wanted = add(town, "Mag ik met mijn oude Caravan naar het café? Ik heb € 8.000 en een e-mail.")
    add(town, "mijn boot")

    assert find(town, typed) == Found((wanted,), all=True)


@pytest.mark.parametrize(
    "typed", ["caravan boot", "caravannetje", "aravan", "", "  ", "?!", "ik", "de het een", "oud caravan"]
)
def test_what_was_not_said_in_one_message_is_not_found(town: Town, typed: str) -> None:
    add(town, "ik heb een oude caravan", "ik heb een boot")

    assert find(town, typed).conversations == ()


def test_words_of_a_colleague_are_searched_and_those_of_the_assistant_are_not(town: Town) -> None:
    with town.database.writing() as session:
        conversation = build_conversation(session, town.row, "hallo")
        build_message(session, conversation, 2, "Uw caravan telt mee.", MessageKind.ANSWER)
        build_message(session, conversation, 3, "Ik bel over uw schuurtje.", MessageKind.STAFF)

    assert find(town, "caravan").conversations == ()
    assert find(town, "schuurtje").conversations == (conversation.id,)


def test_the_last_said_comes_first_and_a_conversation_once(town: Town) -> None:
    first, second = add(town, "caravan", "caravan"), add(town, "caravan")
    with town.database.writing() as session:
        build_message(session, session.get_one(Conversation, first), 3, "nog eens caravan")

    assert find(town, "caravan").conversations == (first, second)


def test_what_another_municipality_was_told_is_not_found(town: Town) -> None:
    with town.database.writing() as session:
        stranger = build_municipality(session, "elders", "Elders")
        theirs = build_conversation(session, stranger, "caravan").id
    ours = add(town, f"gemeente{stranger.id} caravan")

    assert find(town, "caravan").conversations == (ours,)
    assert find(town, "caravan", stranger.id).conversations == (theirs,)


def test_of_very_many_the_newest_are_given_and_that_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_CONVERSATIONS", 3)
    made = [add(town, "caravan") for _ in range(4)]

    assert find(town, "caravan") == Found(tuple(reversed(made[1:])), all=False)


def test_only_the_newest_messages_are_looked_through_and_that_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_MESSAGES", 3)
    old, new = add(town, "caravan", channel=Channel.TELEGRAM), add(town, "caravan", "caravan", "caravan")
    with town.database.reading() as session:
        only_telegram = find_conversations(session, town.row.id, "caravan", [Conversation.channel == Channel.TELEGRAM])

    assert find(town, "caravan") == Found((new,), all=False)
    assert only_telegram == Found((), all=False)
    assert old < new


def test_what_is_wiped_is_found_no_more(town: Town) -> None:
    wiped, erased = add(town, "caravan"), add(town, "caravan")
    with town.database.writing() as session:
        wipe_conversation(session, session.get_one(Conversation, wiped), town.clock())
        erase_conversation(session, session.get_one(Conversation, erased))

    assert find(town, "caravan").conversations == ()


def test_after_tidying_up_nothing_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    # Of SQLite; PostgreSQL does this by itself.
    database = build_database(tmp_path)
    with database.writing() as session:
        erased = build_conversation(session, build_municipality(session), "mijn kwetsbaargeheim")
    with database.writing() as session:
        erase_conversation(session, session.get_one(Conversation, erased.id))
        tidy_up(session)
    with database.reading() as session:
        blocks = session.scalars(text("SELECT block FROM message_search_data")).all()
    database.close()

    assert [block for block in blocks if b"kwetsbaar" in block] == []


def test_a_text_that_is_changed_is_found_by_its_new_words(town: Town) -> None:
    changed = add(town, "caravan")
    with town.database.writing() as session:
        session.execute(text("UPDATE message SET text = 'boot'"))

    assert find(town, "caravan").conversations == ()
    assert find(town, "boot").conversations == (changed,)


@given(typed=st.text(max_size=80))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_breaks_it(town: Town, typed: str) -> None:
    assert find(town, typed).conversations == ()


@pytest.mark.parametrize(
    "typed", ["NEAR(a b)", "a OR b", "text:a", "a AND", "^a", "{a}", "a:*", "!a", "a<->b", "a & | b", "\x00"]
)
def test_the_words_of_a_query_language_are_words(town: Town, typed: str) -> None:
    add(town, "iets anders")

    assert find(town, typed).conversations == ()


def test_eight_words_are_enough() -> None:
    assert words_of("een twee drie vier vijf zes zeven acht negen tien") == [
        "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
    ]  # fmt: skip
