"""Who gets which message, and when."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from db.models import Channel, ContactPoint, Message, MessageStatus
from services.outbox import claim_due, settle_failed, settle_later, settle_sent
from tests.integration.outbox.conftest import Change, Post


def test_of_each_conversation_only_the_first_is_taken(post: Post) -> None:
    post.write(post.conversation(1), "a1", "a2")
    post.write(post.conversation(2), "b1", "b2")
    assert post.texts() == ["a1", "b1"]
    assert post.texts() == []


def test_the_next_comes_when_the_one_before_is_settled(post: Post) -> None:
    [first, _] = post.write(post.conversation(1), "een", "twee")
    post.claim()
    with post.database.writing() as session:
        assert settle_sent(session, first, "a", post.clock())
    assert post.texts() == ["twee"]


def test_what_is_due_first_goes_first(post: Post) -> None:
    for chat in (1, 2, 3):
        post.write(post.conversation(chat), f"van {chat}", change=_due(post, minutes=-chat))
    assert post.texts() == ["van 3", "van 2", "van 1"]


def test_what_is_planned_waits_and_holds_nothing_up(post: Post) -> None:
    conversation = post.conversation(1)
    post.write(conversation, "herinnering", change=_due(post, days=21))
    post.write(conversation, "antwoord van vandaag")
    assert post.texts() == ["antwoord van vandaag"]

    post.clock.forward(days=22)
    assert "herinnering" in post.texts("b") + post.texts("c")


def test_a_lease_that_ran_out_is_taken_by_another(post: Post) -> None:
    [number] = post.write(post.conversation(1), "antwoord")
    post.claim("died")
    post.clock.forward(seconds=59)
    assert post.texts("next") == []

    post.clock.forward(seconds=1)
    assert post.texts("next") == ["antwoord"]
    with post.database.writing() as session:
        assert not settle_sent(session, number, "died", post.clock())
    assert post.message(number).status is MessageStatus.SENDING


def test_what_failed_for_now_holds_its_conversation_and_keeps_its_moment(post: Post) -> None:
    [first, _] = post.write(post.conversation(1), "een", "twee")
    due_at = post.message(first).due_at
    post.claim()
    with post.database.writing() as session:
        settle_later(session, first, "a", "too_fast", post.clock() + timedelta(seconds=30), post.clock())
    post.clock.forward(seconds=29)
    assert post.texts() == []

    post.clock.forward(seconds=1)
    assert post.texts() == ["een"]
    assert post.message(first).due_at == due_at


def test_a_reminder_planned_long_ago_is_tried_again_too(post: Post) -> None:
    [number] = post.write(post.conversation(1), "herinnering", change=_due(post, days=21))
    post.clock.forward(days=21)
    post.claim()
    with post.database.writing() as session:
        settle_later(session, number, "a", "unreachable_now", post.clock() + timedelta(seconds=2), post.clock())
    assert post.message(number).status is MessageStatus.DUE


def test_after_a_day_of_trying_it_is_given_up_without_blaming_the_chat(post: Post) -> None:
    [number] = post.write(post.conversation(1), "antwoord")
    post.clock.forward(hours=24)
    post.claim()
    with post.database.writing() as session:
        settle_later(session, number, "a", "unreachable_now", post.clock() + timedelta(seconds=2), post.clock())
    assert post.message(number).status is MessageStatus.FAILED
    assert _contact(post).unreachable_since is None


def test_a_chat_that_is_gone_is_marked(post: Post) -> None:
    [number] = post.write(post.conversation(1), "antwoord")
    post.claim()
    with post.database.writing() as session:
        settle_failed(session, number, "a", "blocked", post.clock(), unreachable=True)
    assert _contact(post).unreachable_since == post.clock()


def test_settling_what_was_wiped_meanwhile_does_nothing(post: Post) -> None:
    [number] = post.write(post.conversation(1), "antwoord")
    post.claim()
    with post.database.writing() as session:
        session.delete(session.get_one(Message, number))
    now = post.clock()
    with post.database.writing() as session:
        assert not settle_sent(session, number, "a", now)
        assert not settle_failed(session, number, "a", "blocked", now, unreachable=True)
        assert not settle_later(session, number, "a", "too_fast", now, now)


def test_an_address_that_cannot_be_unsealed_stops_nobody_else(post: Post) -> None:
    [broken] = post.write(post.conversation(1), "van een")
    with post.database.writing() as session:
        session.get_one(ContactPoint, 1).sealed_address = "sealed with another key"
    post.write(post.conversation(2), "van twee")

    assert post.texts() == ["van twee"]
    assert post.texts() == []
    assert (post.message(broken).status, post.message(broken).failure) == (MessageStatus.DUE, "unreadable")


def test_a_channel_nobody_here_sends_over_is_left_to_others(post: Post) -> None:
    post.write(post.conversation(1), "antwoord")
    with post.database.writing() as session:
        assert claim_due(session, post.keys, "a", post.clock(), channels=[Channel.WEB]) == []


def test_a_message_that_kills_its_sender_comes_back_less_and_less_often(post: Post) -> None:
    [number] = post.write(post.conversation(1), "gif", change=_tried(8))
    post.claim()
    assert post.message(number).claimed_until == post.clock() + timedelta(seconds=512)


def test_eight_workers_take_each_message_once_and_in_order(post: Post) -> None:
    for chat in range(10):
        post.write(post.conversation(chat), *(f"{chat}-{number}" for number in range(4)))
    taken: list[str] = []

    def work(name: str) -> None:
        idle = 0
        while idle < 20:
            claimed = post.claim(name, limit=3)
            idle = 0 if claimed else idle + 1
            for due in claimed:
                taken.append(due.text)
                with post.database.writing() as session:
                    settle_sent(session, due.id, name, post.clock())

    workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Counter(taken) == Counter(f"{chat}-{number}" for chat in range(10) for number in range(4))
    for chat in range(10):
        assert [t for t in taken if t.startswith(f"{chat}-")] == [f"{chat}-{number}" for number in range(4)]


def test_finding_what_is_due_reads_no_history(post: Post) -> None:
    """The claim itself, on a large transcript: the index on status and moment has to carry it."""
    if post.database.engine.dialect.name == "sqlite":
        pytest.skip("asked of the engine that a large municipality uses")
    values = {"town": post.town.id, "conversation": post.conversation(1)}
    asked: list[tuple[str, Any]] = []
    event.listen(post.database.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    post.claim()
    with post.database.writing() as session:
        session.execute(text(HISTORY), values)
        session.execute(text("ANALYZE message"))
        question, parameters = next(a for a in asked if "SKIP LOCKED" in a[0])
        plan = "\n".join(row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {question}", parameters))
    assert "ix_message_status_due_at" in plan
    assert "Seq Scan on message" not in plan


HISTORY = """
    INSERT INTO message (municipality_id, conversation_id, seq, kind, status, text, language, created_at, detail,
                         due_at, attempts)
    SELECT :town, :conversation, n + 100, 'answer', 'sent', 'x', 'nl', now(), '{}', '2026-11-01', 1
    FROM generate_series(1, 20000) n
"""


def _due(post: Post, **span: float) -> Change:
    def change(message: Message) -> None:
        message.due_at = post.clock() + timedelta(**span)

    return change


def _tried(times: int) -> Change:
    def change(message: Message) -> None:
        message.attempts = times

    return change


def _contact(post: Post) -> ContactPoint:
    with post.database.reading() as session:
        return session.get_one(ContactPoint, 1)
