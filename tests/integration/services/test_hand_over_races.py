"""Races: a person takes over while the assistant is answering, while a line comes in, while a colleague does the same.

A thousand on each database. Whoever is first, what stands in the transcript afterwards is the same as if one of the two
had waited for the other: after the line that tells who joined, the assistant says nothing.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from db.models import Channel, ConversationState, Message, MessageKind, MessageStatus
from services.answering import claim_conversation, notify_delay
from services.effects import ASK_PERSON
from services.errors import TakenByColleague
from services.receive import Inbound, Received, receive
from services.words import Words
from tests.integration.services.colleagues import Colleague, colleague
from tests.integration.services.conftest import Town

SPREAD = 0.004
"""Seconds over which the two begin, so that now one and now the other is first."""


@pytest.fixture
def sanne(town: Town) -> Colleague:
    return colleague(town)


def chats(town: Town, number: int) -> list[Received]:
    """So many residents, each with a line that somebody is answering."""
    with town.database.writing() as session:
        lines = [
            receive(session, town.keys, town.row, Inbound(Channel.WEB, f"r{n}", f"r{n}", "mag ik sparen"), town.clock())
            for n in range(number)
        ]
        for line in lines:
            assert claim_conversation(session, line.conversation_id, "us", town.clock())
        return lines


def race[L, R](number: int, left: Callable[[int], L], right: Callable[[int], R]) -> list[tuple[L, R]]:
    """Both deeds on every one of so many chats, at the same moment."""
    gate = Barrier(2, timeout=60)
    chance = random.Random(7)
    waits = [(chance.random() * SPREAD, chance.random() * SPREAD) for _ in range(number)]

    def run[T](deed: Callable[[int], T], side: int) -> list[T]:
        done = []
        try:
            for which in range(number):
                gate.wait()
                time.sleep(waits[which][side])
                done.append(deed(which))
        except BaseException:
            gate.abort()
            raise
        return done

    with ThreadPoolExecutor(2) as pool:
        lefts, rights = pool.submit(run, left, 0), pool.submit(run, right, 1)
        return list(zip(lefts.result(), rights.result(), strict=True))


def transcripts(town: Town, lines: list[Received]) -> list[list[Message]]:
    with town.database.reading() as session:
        found: dict[int, list[Message]] = {line.conversation_id: [] for line in lines}
        for message in session.scalars(select(Message).order_by(Message.conversation_id, Message.seq)):
            found.setdefault(message.conversation_id, []).append(message)
        return [found[line.conversation_id] for line in lines]


def after_joining(messages: list[Message]) -> list[Message]:
    """What came after the one line that tells who joined; and the order has no holes."""
    assert [message.seq for message in messages] == list(range(1, len(messages) + 1))
    (joined,) = [message for message in messages if message.detail.get("hand_over") == "joined"]
    return messages[joined.seq :]


def of_assistant(messages: list[Message]) -> list[str]:
    said = (MessageKind.ANSWER, MessageKind.NOTICE)
    return [m.text for m in messages if m.kind in said and "hand_over" not in m.detail]


def test_no_answer_comes_after_the_person(town: Town, sanne: Colleague) -> None:
    lines = chats(town, 400)
    won = race(
        len(lines),
        lambda n: sanne.take(lines[n].conversation_id),
        lambda n: town.settle(lines[n].line_id, "Dat mag.", "En dit ook.", effects=(ASK_PERSON,)),
    )

    answered = [settled for _, settled in won]
    for messages, settled in zip(transcripts(town, lines), answered, strict=True):
        assert of_assistant(after_joining(messages)) == []
        line = next(m for m in messages if m.kind is MessageKind.LINE)
        assert line.status is (MessageStatus.ANSWERED if settled else MessageStatus.HANDED)
        assert len([m for m in messages if m.kind is MessageKind.ANSWER]) == (2 if settled else 0)
    assert {True, False} == set(answered)
    assert {town.conversation(line.conversation_id).state for line in lines[:20]} == {ConversationState.HUMAN}


def test_no_line_is_lost_between_the_assistant_and_the_person(town: Town, sanne: Colleague) -> None:
    lines = chats(town, 300)
    race(
        len(lines),
        lambda n: sanne.take(lines[n].conversation_id),
        lambda n: town.say("mijn bsn is 123456782", address=f"r{n}", external_id=f"later-{n}"),
    )

    came_first = 0
    for messages in transcripts(town, lines):
        after = after_joining(messages)
        assert of_assistant(after) == []
        said = [m for m in messages if m.kind is MessageKind.LINE]
        assert [m.status for m in said] == [MessageStatus.HANDED] * 2
        came_first += said[-1] not in after
    assert 0 < came_first < len(lines)


def test_two_colleagues_never_both_have_it(town: Town, sanne: Colleague) -> None:
    piet = colleague(town, "Piet")
    lines = chats(town, 150)

    def take(who: Colleague, chat: int) -> bool:
        try:
            who.take(chat)
        except TakenByColleague:
            return False
        return True

    won = race(
        len(lines), lambda n: take(sanne, lines[n].conversation_id), lambda n: take(piet, lines[n].conversation_id)
    )

    assert {one + other for one, other in won} == {1}
    assert {True, False} == {one for one, _ in won}
    for messages in transcripts(town, lines):
        assert after_joining(messages) == []


def test_a_delay_is_told_before_the_person_or_not_at_all(town: Town, sanne: Colleague) -> None:
    lines = chats(town, 50)

    def tell(line: Received) -> None:
        with town.database.writing() as session:
            notify_delay(session, line.line_id, Words("Even geduld."), town.clock())

    race(len(lines), lambda n: sanne.take(lines[n].conversation_id), lambda n: tell(lines[n]))

    for messages in transcripts(town, lines):
        assert of_assistant(after_joining(messages)) == []


def test_a_line_that_meets_the_closing_is_in_the_old_chat_or_begins_a_new_one(town: Town, sanne: Colleague) -> None:
    lines = chats(town, 100)
    for line in lines:
        sanne.take(line.conversation_id)
    said = race(
        len(lines),
        lambda n: sanne.close(lines[n].conversation_id),
        lambda n: town.say("nog iets", address=f"r{n}", external_id=f"later-{n}"),
    )

    for (_, later), line, messages in zip(said, lines, transcripts(town, lines), strict=True):
        assert messages[-1].detail.get("hand_over") == "closed"
        status = next(m.status for m in town.messages(later.conversation_id) if m.id == later.line_id)
        in_old = later.conversation_id == line.conversation_id
        assert status is (MessageStatus.HANDED if in_old else MessageStatus.RECEIVED)
    assert (
        len({later.conversation_id == line.conversation_id for (_, later), line in zip(said, lines, strict=True)}) == 2
    )
