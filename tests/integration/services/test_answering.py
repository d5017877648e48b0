"""A line is answered once, by one process, in its turn; and not at all when a person has the chat."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.models import Conversation, ConversationState, Message, MessageKind, MessageStatus
from services.answering import LEASE, conversations_to_answer, notify_delay, release_conversation
from services.wiping import erase_conversation, wipe_conversation
from services.words import Words
from tests.integration.services.conftest import Town, at_once


def waiting(town: Town) -> list[int]:
    with town.database.reading() as session:
        return list(conversations_to_answer(session, town.clock()))


def test_one_of_twenty_gets_the_conversation(town: Town) -> None:
    conversation = town.say().conversation_id

    assert sum(at_once(20, lambda number: town.claim(conversation, f"proces {number}"))) == 1


def test_who_has_the_lease_may_renew_it(town: Town) -> None:
    conversation = town.say().conversation_id

    assert town.claim(conversation, "een")
    assert town.claim(conversation, "een")
    assert not town.claim(conversation, "twee")


def test_the_lease_of_a_dead_process_runs_out(town: Town) -> None:
    conversation = town.say().conversation_id
    town.claim(conversation, "dood")
    town.clock.forward(seconds=LEASE.total_seconds())
    assert not town.claim(conversation, "levend")
    town.clock.forward(seconds=1)

    assert waiting(town) == [conversation]
    assert town.claim(conversation, "levend")


def test_only_who_has_the_lease_can_give_it_up(town: Town) -> None:
    conversation = town.say().conversation_id
    town.claim(conversation, "een")
    for by, free in (("twee", False), ("een", True)):
        with town.database.writing() as session:
            release_conversation(session, conversation, by)
        assert (waiting(town) == [conversation]) is free


def test_the_answer_is_written_under_the_line(town: Town) -> None:
    received = town.say()

    assert town.answer(received, "Dat mag.", "En dit ook.")
    answers = town.messages(received.conversation_id, MessageKind.ANSWER)
    assert [(a.text, a.in_reply_to, a.part) for a in answers] == [
        ("Dat mag.", received.line_id, 0), ("En dit ook.", received.line_id, 1),
    ]  # fmt: skip
    assert waiting(town) == []


def test_a_line_settled_twice_is_written_once(town: Town) -> None:
    received = town.say()

    assert town.answer(received)
    assert not town.settle(received.line_id, "Nog een keer.")
    assert town.texts(received.conversation_id, MessageKind.ANSWER) == ["Dat mag."]


def test_a_line_settled_by_twenty_at_once_is_written_once(town: Town) -> None:
    received = town.say()
    town.claim(received.conversation_id)

    assert sum(at_once(20, lambda number: town.settle(received.line_id, f"antwoord {number}"))) == 1
    assert len(town.messages(received.conversation_id, MessageKind.ANSWER)) == 1


def test_who_lost_the_lease_writes_nothing(town: Town) -> None:
    received = town.say()
    town.claim(received.conversation_id, "traag")
    town.clock.forward(seconds=16)
    town.claim(received.conversation_id, "snel")

    assert not town.settle(received.line_id, by="traag")
    assert town.settle(received.line_id, by="snel")


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_is_written_into_a_conversation_that_was_wiped(town: Town, kept: bool) -> None:
    received = town.say()
    town.claim(received.conversation_id)
    with town.database.writing() as session:
        conversation = session.get_one(Conversation, received.conversation_id)
        if kept:
            wipe_conversation(session, conversation, town.clock())
        else:
            erase_conversation(session, conversation)

    assert not town.settle(received.line_id)
    assert town.messages(received.conversation_id) == []


def test_a_second_line_is_answered_after_the_first(town: Town) -> None:
    first = town.say("eerste")
    town.say("tweede")

    assert town.next_text(first.conversation_id) == "eerste"
    town.answer(first)
    assert town.next_text(first.conversation_id) == "tweede"


@pytest.mark.parametrize("state", [ConversationState.HUMAN, ConversationState.SNOOZED, ConversationState.CLOSED])
def test_the_assistant_is_silent_when_it_does_not_have_the_chat(town: Town, state: ConversationState) -> None:
    received = town.say()
    town.claim(received.conversation_id)
    town.set_state(received.conversation_id, state)

    assert town.next_text(received.conversation_id) is None
    assert not town.settle(received.line_id)
    town.clock.forward(minutes=1)
    assert waiting(town) == []


def test_who_waits_for_a_person_is_still_answered(town: Town) -> None:
    received = town.say()
    town.set_state(received.conversation_id, ConversationState.WAITING)

    assert waiting(town) == [received.conversation_id]
    assert town.answer(received)


def test_the_longest_waiting_conversation_comes_first(town: Town) -> None:
    later = town.say("een", "eerste bewoner").conversation_id
    town.clock.forward(seconds=5)
    newest = town.say("twee", "tweede bewoner").conversation_id
    town.clock.forward(seconds=5)
    town.say("drie", "eerste bewoner")

    assert waiting(town) == [newest, later]


def test_a_delay_is_told_once(town: Town) -> None:
    received = town.say()
    for _ in range(2):
        with town.database.writing() as session:
            notify_delay(session, received.line_id, Words("Dat duurt even."), town.clock())

    assert town.texts(received.conversation_id, MessageKind.NOTICE).count("Dat duurt even.") == 1
    assert waiting(town) == [received.conversation_id]


def test_a_delay_is_not_told_of_an_answered_or_wiped_line(town: Town) -> None:
    answered = town.say()
    town.answer(answered)
    for line in (answered.line_id, 999):
        with town.database.writing() as session:
            notify_delay(session, line, Words("Dat duurt even."), town.clock())

    assert "Dat duurt even." not in town.texts(answered.conversation_id, MessageKind.NOTICE)


def test_numbers_of_messages_have_no_holes_when_twenty_write_at_once(town: Town) -> None:
    received = town.say("nul")
    town.claim(received.conversation_id)
    before = town.conversation(received.conversation_id).last_seq

    def write(number: int) -> None:
        if number % 4:
            town.say(f"regel {number}", external_id=f"tegelijk {number}")
        else:
            with town.database.writing() as session:
                notify_delay(session, received.line_id, Words("Even wachten."), town.clock())

    town.clock.forward(minutes=2)
    at_once(20, write)
    numbers = [message.seq for message in town.messages(received.conversation_id)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == before + 15 + 1


def test_an_undone_transaction_leaves_no_hole(town: Town) -> None:
    received = town.say()
    with town.database.writing() as session:
        notify_delay(session, received.line_id, Words("Even wachten."), town.clock())
        session.rollback()
    town.say("verder")
    numbers = [message.seq for message in town.messages(received.conversation_id)]

    assert numbers == list(range(1, len(numbers) + 1))


def test_an_answer_that_was_written_cannot_be_written_again_by_hand(town: Town) -> None:
    """The database itself holds that a line has one answer a part."""
    received = town.say()
    town.answer(received)
    with town.database.writing() as session:
        session.execute(update(Message).values(status=MessageStatus.RECEIVED).where(Message.id == received.line_id))

    with pytest.raises(IntegrityError):
        town.answer(received)
