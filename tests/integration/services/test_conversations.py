"""A conversation begins by saying what it is, goes on for a day, and leaves nothing behind when it is wiped."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from db.base import Base
from db.models import Channel, ContactPoint, Conversation, ConversationState, MessageKind, MessageStatus, Municipality
from services.retention import erase_old_conversations
from services.wiping import erase_conversation, wipe_conversation
from tests.builders import build_municipality
from tests.integration.services.conftest import Town, at_once

OF_A_CONVERSATION = ("message", "conversation", "contact_point")


def rows(town: Town) -> dict[str, int]:
    with town.database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
            for name in OF_A_CONVERSATION
        }


def test_the_first_words_say_that_this_is_a_chatbot(town: Town) -> None:
    notices = town.texts(town.say("hallo").conversation_id, MessageKind.NOTICE)

    assert "een chatbot van de gemeente Voorbeeldstad" in notices[0]
    assert any("dit is een voorbeeld" in notice for notice in notices)


def test_a_real_municipality_is_not_called_an_example(town: Town) -> None:
    with town.database.writing() as session:
        town.row = build_municipality(session, "echt", "Echt", example=False)

    notices = town.texts(town.say("hallo").conversation_id, MessageKind.NOTICE)

    assert notices[0].startswith("Hallo, ik ben Trede, een chatbot")
    assert not any("voorbeeld" in notice for notice in notices)


def test_telegram_begins_with_a_warning_and_every_word_is_due(town: Town) -> None:
    received = town.say("hallo", channel=Channel.TELEGRAM)
    notices = town.messages(received.conversation_id, MessageKind.NOTICE)

    assert any("Telegram kan meelezen" in notice.text for notice in notices)
    assert {notice.status for notice in notices} == {MessageStatus.DUE}


def test_on_the_web_words_are_said_as_soon_as_they_are_written(town: Town) -> None:
    notices = town.messages(town.say("hallo").conversation_id, MessageKind.NOTICE)

    assert {notice.status for notice in notices} == {MessageStatus.SENT}


def test_within_a_day_the_conversation_goes_on(town: Town) -> None:
    first = town.say("hallo")
    town.clock.forward(hours=23, minutes=59)

    assert town.say("daar ben ik weer").conversation_id == first.conversation_id


def test_after_a_day_a_new_one_begins_with_its_own_welcome_and_name(town: Town) -> None:
    first = town.say("hallo")
    town.clock.forward(hours=24)
    second = town.say("daar ben ik weer")

    assert second.conversation_id != first.conversation_id
    assert town.messages(second.conversation_id)[0].seq == 1
    old, new = town.conversation(first.conversation_id), town.conversation(second.conversation_id)
    assert old.public_id != new.public_id
    assert old.contact_point_id == new.contact_point_id


def test_a_closed_conversation_does_not_go_on(town: Town) -> None:
    first = town.say("hallo")
    town.set_state(first.conversation_id, ConversationState.CLOSED)

    assert town.say("nog iets").conversation_id != first.conversation_id


def test_the_address_is_kept_sealed_and_only_where_it_is_needed(town: Town) -> None:
    town.say("hallo", "424242", channel=Channel.TELEGRAM)
    town.say("hallo", "websessie")
    with town.database.reading() as session:
        telegram, web = session.scalars(select(ContactPoint).order_by(ContactPoint.id)).all()

    assert town.keys.unseal(telegram.sealed_address or "") == "424242"
    assert web.sealed_address is None
    assert "websessie" not in web.lookup


def test_wiping_leaves_no_word_and_no_name(town: Town) -> None:
    received = town.say("hallo")
    before = town.conversation(received.conversation_id).public_id
    town.answer(received, "Dat mag.", effects=("ask_person",))
    with town.database.writing() as session:
        wipe_conversation(session, session.get_one(Conversation, received.conversation_id), town.clock())
    after = town.conversation(received.conversation_id)

    assert town.messages(received.conversation_id) == []
    assert after.public_id != before
    assert (after.state, after.waiting_since) == (ConversationState.BOT, None)


def test_erasing_leaves_no_row_at_all(town: Town) -> None:
    received = town.say("hallo")
    town.answer(received)
    with town.database.writing() as session:
        erase_conversation(session, session.get_one(Conversation, received.conversation_id))

    assert rows(town) == dict.fromkeys(OF_A_CONVERSATION, 0)


def test_erasing_one_of_two_keeps_the_contact_point_and_the_other(town: Town) -> None:
    first = town.say("hallo")
    town.clock.forward(days=2)
    second = town.say("hallo weer")
    with town.database.writing() as session:
        erase_conversation(session, session.get_one(Conversation, first.conversation_id))

    assert rows(town)["conversation"] == rows(town)["contact_point"] == 1
    assert town.texts(second.conversation_id, MessageKind.LINE) == ["hallo weer"]


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_is_older_than_the_limit_goes(town: Town, days: int, left: int) -> None:
    name = town.conversation(town.say("hallo").conversation_id).public_id
    town.clock.forward(days=days)
    with town.database.writing() as session:
        erased = erase_old_conversations(session, town.clock())

    assert erased == ([name] if not left else [])
    assert rows(town)["conversation"] == left


def test_a_municipality_keeps_for_as_long_as_it_says(town: Town) -> None:
    town.say("hallo")
    with town.database.writing() as session:
        session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one().settings = {
            "retention_days": 7
        }
        assert erase_old_conversations(session, town.clock() + timedelta(days=6)) == []
        assert len(erase_old_conversations(session, town.clock() + timedelta(days=8))) == 1


def test_a_line_in_between_keeps_a_conversation(town: Town) -> None:
    received = town.say("hallo")
    with town.database.writing() as session:
        session.execute(update(Conversation).values(last_line_at=town.clock() + timedelta(days=20)))
        assert erase_old_conversations(session, town.clock() + timedelta(days=40)) == []

    assert town.messages(received.conversation_id)


def test_erasing_goes_on_in_parts_until_nothing_is_left(town: Town) -> None:
    for number in range(5):
        town.say("hallo", f"bewoner {number}")
    town.clock.forward(days=31)
    parts = []
    for _ in range(3):
        with town.database.writing() as session:
            parts.append(len(erase_old_conversations(session, town.clock(), limit=3)))

    assert parts == [3, 2, 0]


def test_a_conversation_that_begins_while_the_old_one_is_erased_is_not_lost(town: Town) -> None:
    town.say("lang geleden")
    town.clock.forward(days=31)

    def deed(which: int) -> int | None:
        if which % 2:
            return town.say(f"regel {which}", external_id=f"samen-{which}").line_id
        with town.database.writing() as session:
            erase_old_conversations(session, town.clock())
        return None

    lines = [line for line in at_once(8, deed) if line is not None]

    assert rows(town)["conversation"] == 1
    assert rows(town)["message"] >= len(lines)
