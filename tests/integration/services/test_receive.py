"""A line comes in: once, masked, and only as a person types."""

import pytest
from sqlalchemy import inspect, text

from db.models import Channel, ConversationState, MessageKind, MessageStatus
from services.errors import EmptyLine, TooManyLines, UnknownChoice
from services.receive import LINES_A_MINUTE
from services.tidy import KEEP_AT_MOST
from tests.integration.services.conftest import Town, at_once

CANARIES = ("123456782", "0612345678", "NL91ABNA0417164300", "jan@example.nl")


def test_a_line_is_kept_and_waits_for_its_answer(town: Town) -> None:
    received = town.say("  mag ik\u200b sparen? ")
    line = town.messages(received.conversation_id, MessageKind.LINE)[0]

    assert (line.text, line.status, line.payload) == ("mag ik sparen?", MessageStatus.RECEIVED, None)
    assert received.new


def test_the_same_line_again_changes_nothing(town: Town) -> None:
    first = town.say("hallo", external_id="een")
    again = town.say("iets anders", external_id="een")

    assert (again.line_id, again.conversation_id, again.new) == (first.line_id, first.conversation_id, False)
    assert town.texts(first.conversation_id, MessageKind.LINE) == ["hallo"]


def test_the_same_first_line_twenty_times_at_once_is_one_line_in_one_conversation(town: Town) -> None:
    received = at_once(20, lambda _: town.say("hallo", external_id="een"))

    assert sum(one.new for one in received) == 1
    assert len({one.conversation_id for one in received}) == 1
    assert town.texts(received[0].conversation_id, MessageKind.LINE) == ["hallo"]


def test_ten_first_lines_at_once_make_one_conversation_with_one_welcome(town: Town) -> None:
    received = at_once(10, lambda number: town.say(f"regel {number}", external_id=f"om-het-eerst-{number}"))

    assert len({one.conversation_id for one in received}) == 1
    notices = town.texts(received[0].conversation_id, MessageKind.NOTICE)
    assert sum("ik ben Trede" in notice for notice in notices) == 1


def test_the_same_number_on_another_channel_is_another_line(town: Town) -> None:
    town.say("hallo", external_id="een")

    assert town.say("hallo", external_id="een", channel=Channel.TELEGRAM).new


def test_no_column_of_any_table_holds_what_was_masked(town: Town) -> None:
    received = town.say("bsn 123456782, bel 0612345678, NL91ABNA0417164300, jan@example.nl", channel=Channel.TELEGRAM)
    town.answer(received, "Dank u.")

    with town.database.engine.connect() as connection:
        # The index of words has no rows of its own; the tables that it lies in are looked at.
        for table in set(inspect(connection).get_table_names()) - {"message_search"}:
            rows = str([tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608
            assert not [canary for canary in CANARIES if canary in rows], table
    assert "[bsn]" in town.texts(received.conversation_id, MessageKind.LINE)[0]


def test_the_resident_is_told_that_something_was_masked(town: Town) -> None:
    received = town.say("mijn bsn is 123456782")
    line, warning = town.messages(received.conversation_id)[-2:]

    assert line.detail == {"masked": ["bsn"]}
    assert "onleesbaar gemaakt" in warning.text


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u202e", "\x00"])
def test_a_line_with_nothing_in_it_is_refused_and_leaves_no_conversation(town: Town, nothing: str) -> None:
    with pytest.raises(EmptyLine):
        town.say(nothing)

    assert town.say("hallo").conversation_id == 1


def test_only_emoji_get_an_answer_at_once(town: Town) -> None:
    received = town.say("👍🏽")
    line, answer = town.messages(received.conversation_id)[-2:]

    assert line.status is MessageStatus.ANSWERED
    assert (answer.in_reply_to, answer.kind) == (line.id, MessageKind.ANSWER)
    assert answer.detail["buttons"][0]["payload"] == "/talk_to_human"


def test_a_very_long_line_is_cut_and_that_is_said(town: Town) -> None:
    received = town.say("lang " * 2000)
    line, notice = town.messages(received.conversation_id)[-2:]

    assert len(line.text) <= KEEP_AT_MOST
    assert "alleen het eerste deel" in notice.text


def test_more_lines_in_a_minute_than_a_person_types_are_refused(town: Town) -> None:
    for _ in range(LINES_A_MINUTE):
        town.say("hallo")

    with pytest.raises(TooManyLines):
        town.say("nog een")
    assert town.say("hallo", address="iemand anders").new
    town.clock.forward(seconds=61)
    assert town.say("daar ben ik weer").new


def test_a_button_means_what_the_server_wrote_under_it(town: Town) -> None:
    received = town.say("hallo")
    welcome = next(m for m in town.messages(received.conversation_id) if m.detail.get("buttons"))
    pressed = town.press(welcome.seq, 1)
    line = town.messages(pressed.conversation_id, MessageKind.LINE)[-1]

    assert (line.text, line.payload) == ("Op vakantie", "/holiday_abroad")


def test_a_button_of_another_conversation_is_refused(town: Town) -> None:
    mine = town.say("hallo", address="ik")
    town.answer(mine, "Dat mag.")
    theirs = town.say("hallo", address="iemand anders")
    for _ in range(4):
        town.say("nog een", address="iemand anders")
    newest = town.messages(theirs.conversation_id)[-1].seq

    with pytest.raises(UnknownChoice):
        town.press(newest, address="ik")


@pytest.mark.parametrize(("seq", "index"), [(0, 0), (99, 0), (-1, 0), (2, 4), (2, -1)])
def test_a_button_that_does_not_exist_is_refused(town: Town, seq: int, index: int) -> None:
    town.say("hallo")

    with pytest.raises(UnknownChoice):
        town.press(seq, index)


def test_the_resident_cannot_make_a_button_of_a_line(town: Town) -> None:
    received = town.say("/delete_my_data")

    assert town.messages(received.conversation_id, MessageKind.LINE)[0].payload is None


def test_the_button_for_a_person_is_a_line_with_a_fixed_meaning(town: Town) -> None:
    received = town.say("wat de client ook stuurt", human=True)
    line = town.messages(received.conversation_id, MessageKind.LINE)[0]

    assert (line.text, line.payload) == ("Medewerker", "/talk_to_human")


@pytest.mark.parametrize("typed", ["👍🏽", "lang " * 300])
def test_while_a_person_has_the_chat_the_assistant_says_nothing(town: Town, typed: str) -> None:
    received = town.say("hallo")
    town.set_state(received.conversation_id, ConversationState.HUMAN)
    town.say(typed)

    assert town.messages(received.conversation_id)[-1].kind is MessageKind.LINE
    assert town.messages(received.conversation_id)[-1].status is MessageStatus.HANDED
