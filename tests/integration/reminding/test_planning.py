"""Planned with what it is about: at hours at which people are awake, once each, and for who can be reached."""

from datetime import UTC, datetime, timedelta

import pytest

from db.models import Channel, MessageStatus, TaskKind
from services.reminding.moments import after_the_quiet, before_the_quiet
from tests.integration.reminding.conftest import Reminded

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "comes"),
    [
        ("2026-12-01T06:30+01:00", "2026-11-30T20:30+01:00"),
        ("2026-12-01T21:00+01:00", "2026-12-01T20:30+01:00"),
        ("2026-12-01T08:00+01:00", "2026-12-01T08:00+01:00"),
        ("2027-03-28T07:00+02:00", "2027-03-27T20:30+01:00"),
        ("2026-10-25T02:30+01:00", "2026-10-24T20:30+02:00"),
    ],
)
def test_what_would_come_at_night_comes_the_evening_before(wanted: str, comes: str) -> None:
    assert before_the_quiet(datetime.fromisoformat(wanted)) == datetime.fromisoformat(comes)


def test_what_could_not_be_sent_in_the_evening_waits_for_the_morning() -> None:
    late = datetime.fromisoformat("2027-03-27T23:10+01:00")
    assert after_the_quiet(late) == datetime.fromisoformat("2027-03-28T08:00+02:00")


def test_the_same_moment_of_the_same_version_is_planned_once(both: Reminded) -> None:
    both.plan(("1d", MORNING))
    both.plan(("1d", MORNING + timedelta(hours=1)))

    (planned,) = both.rows()
    assert planned.due_at == MORNING + timedelta(hours=1)
    assert planned.external_id == "reminder:thing:7:1:1d"
    assert planned.seq < 0
    assert planned.conversation_id == both.chats[Channel.TELEGRAM]


def test_moments_that_are_over_are_left_out(both: Reminded) -> None:
    past = both.town.clock() - timedelta(minutes=1)
    assert [one.due_at for one in both.plan(("3d", past), ("1d", MORNING))] == [MORNING]


def test_who_has_no_chat_is_a_task_for_the_caseworker(reminded: Reminded) -> None:
    assert reminded.link().plan(("1d", MORNING)) == []

    (task,) = reminded.tasks()
    assert (task.kind, task.person_id) == (TaskKind.NOT_REACHED, reminded.person)


def test_what_is_forgotten_is_not_said(both: Reminded) -> None:
    both.plan(("1d", MORNING), ("2h", MORNING + timedelta(hours=3)))

    assert both.forget() == 2
    both.town.clock.now = MORNING
    assert both.tick() == []


def test_a_conversation_is_kept_until_its_reminder_was_said(both: Reminded) -> None:
    both.plan(("1d", MORNING))
    assert both.town.conversation(both.chats[Channel.TELEGRAM]).needed_until == MORNING + timedelta(days=7)

    both.town.clock.now = MORNING
    both.tick()
    assert both.town.conversation(both.chats[Channel.TELEGRAM]).needed_until is None
    assert both.rows()[0].status is MessageStatus.DUE
