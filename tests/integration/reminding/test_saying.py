"""Looked at again before it is said; where others can read along it tells nothing; a way that fails is not the end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from db.models import Channel, ContactPoint, Conversation, MessageStatus, Person, ReminderKind, TaskKind
from services.errors import LinkOver
from services.outbox import pause_after
from services.people.consents import set_wanted
from services.reminding.letter import link_to_letter, open_letter
from services.reminding.overdue import overdue_reminders
from tests.integration.reminding.conftest import Reminded

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
NOON = MORNING + timedelta(hours=3)
TELEGRAM, WEB = Channel.TELEGRAM, Channel.WEB


def due(both: Reminded, until: datetime | None = NOON) -> Reminded:
    both.plan(("1d", MORNING), until=until)
    both.town.clock.now = MORNING
    return both


def test_over_telegram_it_only_tells_that_there_is_a_message(both: Reminded) -> None:
    due(both).tick()
    (sent,) = both.take()

    assert sent.text == "U heeft een bericht van de gemeente."
    assert "Verzetten" not in str(sent.buttons)
    assert both.rows()[0].about == "thing:7"
    both.settle(sent)
    assert both.results() == [(TELEGRAM, "sent")]


def test_on_the_web_everything_stands_in_the_chat(reminded: Reminded) -> None:
    due(reminded.link(WEB)).tick()

    (said,) = reminded.rows()
    assert (said.text, said.status) == ("Uw geheim: 12 december.", MessageStatus.SENT)
    assert reminded.results() == [(WEB, "shown")]


def test_the_link_shows_it_to_who_has_the_key_until_it_is_over(both: Reminded) -> None:
    due(both).tick()
    (row,) = both.rows()
    town, now = both.town, both.town.clock()
    with town.database.writing() as session:
        link = link_to_letter(session, town.row.id, "voorbeeldstad", row.id, row.conversation_id, now) or ""
    key = link.rpartition("/")[2]
    with town.database.reading() as session:
        assert open_letter(session, town.row.id, key, now).words.text == "Uw geheim: 12 december."
        for wrong in (f"{key}x", key.replace("-", "-x", 1), f"{row.id}-", "x", f"{row.id + 1}-{key}", "9" * 40 + "-x"):
            with pytest.raises(LinkOver):
                open_letter(session, town.row.id, wrong, now)
        for town_id, moment in ((town.row.id, NOON), (town.row.id + 1, now)):
            with pytest.raises(LinkOver):
                open_letter(session, town_id, key, moment)
        assert key not in str(session.get_one(type(row), row.id).detail)


def test_what_is_no_longer_wanted_is_cancelled_with_evidence(both: Reminded) -> None:
    due(both).wanted = False

    assert both.tick() == []
    assert [(one.status, one.failure) for one in both.rows()] == [(MessageStatus.CANCELLED, "not_wanted")]
    assert both.results() == [(TELEGRAM, "not_wanted")]
    assert both.tasks() == []


def test_who_switched_it_off_on_telegram_reads_it_on_the_web(both: Reminded) -> None:
    due(both)
    switch_off(both, TELEGRAM, ReminderKind.AGREEMENT)

    assert [one.conversation_id for one in both.tick()] == [both.chats[WEB]]


def test_who_stopped_everything_gets_nothing_and_is_nobodys_task(both: Reminded) -> None:
    due(both)
    switch_off(both, WEB, ReminderKind.ALL)

    assert both.tick() == []
    assert both.rows()[0].failure == "no_consent"
    assert both.tasks() == []


def test_a_case_that_ended_is_reminded_of_nothing(both: Reminded) -> None:
    due(both)
    with both.town.database.writing() as session:
        session.get_one(Person, both.person).closed_at = MORNING

    assert both.tick() == []


def test_a_chat_that_was_unlinked_is_told_nothing_of_the_case(reminded: Reminded) -> None:
    due(reminded.link(TELEGRAM))
    with reminded.town.database.writing() as session:
        session.execute(update(ContactPoint).values(person_id=None))

    assert reminded.tick() == []
    (task,) = reminded.tasks()
    assert task.detail["attempts"][0]["result"] == "unreachable"


def test_blocked_on_telegram_goes_on_to_the_web(both: Reminded) -> None:
    due(both).tick()
    both.settle(both.take()[0], "blocked", permanent=True, unreachable=True)
    both.tick()

    first, second = both.rows()
    assert (first.status, second.status) == (MessageStatus.FAILED, MessageStatus.SENT)
    assert second.conversation_id == both.chats[WEB]
    assert both.results() == [(TELEGRAM, "blocked"), (WEB, "shown")]
    assert both.tasks() == []


def test_when_nothing_is_left_a_caseworker_gets_every_attempt(reminded: Reminded) -> None:
    due(reminded.link(TELEGRAM)).tick()
    reminded.settle(reminded.take()[0], "unreachable_now")
    reminded.town.clock.forward(seconds=31)
    reminded.settle(reminded.take()[0], "refused", permanent=True)

    (task,) = reminded.tasks()
    assert (task.kind, task.person_id) == (TaskKind.NOT_REACHED, reminded.person)
    assert [one["result"] for one in task.detail["attempts"]] == ["unreachable_now", "refused"]


def test_it_is_tried_until_it_is_of_no_use_and_not_after(reminded: Reminded) -> None:
    due(reminded.link(TELEGRAM)).tick()
    reminded.town.clock.now = NOON - timedelta(seconds=20)
    reminded.settle(reminded.take()[0], "unreachable_now")

    assert reminded.take() == []
    assert reminded.rows()[0].status is MessageStatus.FAILED
    assert len(reminded.tasks()) == 1


def test_after_a_day_down_the_useful_goes_out_once_and_the_rest_is_a_task(both: Reminded) -> None:
    both.plan(("3d", MORNING - timedelta(days=2)), ("1d", MORNING), until=MORNING + timedelta(days=1))
    both.town.clock.now = MORNING + timedelta(hours=2)
    assert len(both.tick()) == 1
    assert [one.failure for one in both.rows()] == ["overtaken", None]

    both.plan(("2h", MORNING + timedelta(hours=4)), until=MORNING + timedelta(hours=6), version=2)
    both.town.clock.now = MORNING + timedelta(days=1, hours=2)
    assert both.tick() == []
    assert both.take() == []
    assert [one.detail["attempts"][-1]["result"] for one in both.tasks()] == ["too_late", "too_late"]


def test_nobody_is_woken_by_a_reminder_that_was_late(both: Reminded) -> None:
    due(both, until=None).tick()
    both.town.clock.now = datetime.fromisoformat("2026-12-01T23:00+01:00").astimezone(UTC)
    assert both.take() == []

    both.town.clock.now = datetime.fromisoformat("2026-12-02T08:00+01:00").astimezone(UTC)
    assert len(both.take()) == 1


def test_a_reminder_that_waits_holds_up_no_answer(both: Reminded) -> None:
    due(both).tick()
    both.take()
    both.town.answer(both.town.say("en nu", f"at {TELEGRAM}", channel=TELEGRAM), "Dat mag.")

    assert [one.text for one in both.take()] == ["Dat mag."]


def test_fifteen_minutes_late_is_an_alarm(both: Reminded) -> None:
    due(both)

    def alarm() -> object:
        with both.town.database.reading() as session:
            return overdue_reminders(session, both.town.row.id, both.town.clock())

    both.town.clock.forward(minutes=14)
    assert alarm() is None
    both.town.clock.forward(minutes=1)
    assert getattr(alarm(), "since", None) == MORNING


def switch_off(both: Reminded, channel: Channel, kind: ReminderKind) -> None:
    with both.town.database.writing() as session:
        conversation = session.get_one(Conversation, both.chats[channel])
        set_wanted(session, conversation, kind, False, both.town.clock())


def test_a_reminder_that_was_often_taken_and_never_tried_is_not_put_off_for_long(both: Reminded) -> None:
    due(both, until=MORNING + timedelta(hours=9)).tick()
    for _death in range(8):
        (taken,) = both.take()
        both.town.clock.forward(minutes=10)

    with both.town.database.reading() as session:
        assert (taken.attempts, pause_after(session, taken)) == (8, timedelta(seconds=2))
