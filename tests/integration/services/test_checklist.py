"""The list of who goes to work: made, given days, ticked, taken along, wiped; and its reminders, said once."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from benefits.figures import load_figures
from db.models import (
    Calculation,
    CalculationState,
    Channel,
    ChecklistItem,
    Conversation,
    ConversationState,
    Message,
    MessageKind,
    MessageStatus,
)
from services.checklist.effect import change_list
from services.checklist.entries import Entry, read_entries
from services.checklist.keep import keep_list, plan_list
from services.checklist.remind import say_thing
from services.errors import TooFarAway
from services.outbox import claim_due
from services.reminding.claim import claim_reminders
from services.reminding.moments import moment_on
from services.reminding.speak import say_reminders
from services.retention import erase_old_conversations
from services.wiping import wipe_conversation
from tests.integration.services.conftest import Town, at_once

FIGURES = load_figures()
SAYING = {"checklist": partial(say_thing, FIGURES)}
START = date(2026, 12, 14)


class Listed:
    """One resident with a list, and the deeds with it."""

    def __init__(self, town: Town, **other: Any) -> None:
        self.town, self.received = town, town.say("ik ga werken, wat nu", **other)
        town.answer(self.received)

    @property
    def id(self) -> int:
        return self.received.conversation_id

    def make(self, start: date | None = START) -> "Listed":
        with self.town.database.writing() as session:
            conversation = session.get_one(Conversation, self.id)
            dues = plan_list(session, FIGURES, conversation, start, self.town.clock())
            keep_list(session, conversation, dues, self.town.clock())
        return self

    def do(self, deed: str, key: str = "report_work", **more: Any) -> "Listed":
        with self.town.database.writing() as session:
            conversation = session.get_one(Conversation, self.id)
            change_list(session, conversation, {"deed": deed, "key": key} | more, self.town.clock())
        return self

    def remind(self, at: datetime, key: str = "report_work") -> "Listed":
        return self.do("remind", key, at=at.isoformat())

    def entries(self, conversation_id: int | None = None) -> dict[str, Entry]:
        with self.town.database.reading() as session:
            conversation = session.get_one(Conversation, conversation_id or self.id)
            return {entry.key: entry for entry in read_entries(session, conversation)}

    def reminders(self) -> list[Message]:
        return self.town.messages(self.id, MessageKind.REMINDER)


@pytest.fixture
def listed(town: Town) -> Listed:
    return Listed(town).make()


def tick_clock(town: Town, by: str = "worker") -> list[int]:
    """What the clock does: claim, then say one by one."""
    with town.database.writing() as session:
        ids = claim_reminders(session, by, town.clock())
    said = []
    for reminder_id in ids:
        said += say(town, reminder_id, by)
    return said


def say(town: Town, reminder_id: int, by: str) -> list[int]:
    with town.database.writing() as session:
        return [one.conversation_id for one in say_reminders(session, SAYING, [reminder_id], by, town.clock())]


def calculate(listed: Listed, *birth_dates: str) -> None:
    now = listed.town.clock()
    children = [{"birth_date": day} for day in birth_dates]
    with listed.town.database.writing() as session:
        session.add(
            Calculation(
                municipality_id=listed.town.row.id,
                conversation_id=listed.id,
                public_id=f"c{now}",
                state=CalculationState.SHOWN,
                scenario={"household": {"children": children}},
                started_at=now,
                changed_at=now,
            )
        )


def test_a_list_knows_before_which_day_each_thing_has_to_be_done(listed: Listed) -> None:
    days = {key: entry.due_on for key, entry in listed.entries().items()}

    assert days["report_work"] == days["travel"] == START
    assert days["allowances"] == date(2027, 1, 11)
    assert days["payslips"] == date(2027, 1, 14)
    assert days["job_stops"] is None


def test_without_a_day_there_is_a_list_all_the_same(town: Town) -> None:
    entries = Listed(town).make(None).entries()

    assert len(entries) == 9
    assert {entry.due_on for entry in entries.values()} == {None}


@pytest.mark.parametrize(("born", "there"), [("2013-11-24", True), ("2013-11-23", False)])
def test_childcare_stands_on_it_for_who_has_a_child_under_13(town: Town, born: str, there: bool) -> None:
    listed = Listed(town)
    calculate(listed, born)

    assert ("childcare" in listed.make().entries()) is there


def test_a_tick_and_a_reminder_stay_when_the_situation_changes(listed: Listed, town: Town) -> None:
    listed.do("done", "childcare")
    calculate(listed, "2000-01-01")

    assert listed.make(date(2026, 12, 1)).entries()["childcare"].done
    assert listed.entries()["report_work"].due_on == date(2026, 12, 1)


def test_what_fits_no_more_and_was_not_ticked_goes(listed: Listed) -> None:
    calculate(listed, "2000-01-01")

    assert "childcare" not in listed.make().entries()


def test_a_day_that_must_be_a_mistake_is_refused(town: Town) -> None:
    with pytest.raises(TooFarAway):
        Listed(town).make(date(2062, 12, 1))


def test_a_tick_can_be_taken_back_and_forgets_the_reminder(listed: Listed) -> None:
    listed.remind(moment_on(date(2026, 12, 1))).do("done")

    assert listed.entries()["report_work"].done
    assert listed.reminders() == []
    assert not listed.do("open").entries()["report_work"].done


def test_a_thing_that_is_not_on_the_list_changes_nothing(town: Town) -> None:
    assert Listed(town).do("done").entries() == {}


def test_a_reminder_comes_at_its_time_with_its_place_in_the_conversation(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    assert tick_clock(town) == []

    town.clock.now = moment_on(date(2026, 12, 1))
    assert tick_clock(town) == [listed.id]
    (said,) = listed.reminders()
    assert said.seq == town.conversation(listed.id).last_seq == town.messages(listed.id)[-1].seq
    assert (said.status, said.due_at, said.sent_at) == (MessageStatus.SENT, town.clock(), town.clock())
    assert said.text.startswith("**Herinnering**\n\n**Geef uw werk door aan de gemeente**")
    assert "vóór 14 december 2026" in said.text
    assert tick_clock(town) == []


def test_until_then_it_has_no_place_and_no_words(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1))).remind(moment_on(date(2026, 12, 2)), "travel")

    planned = listed.reminders()
    assert [(one.seq, one.text, one.status) for one in planned] == [
        (-2, "", MessageStatus.PLANNED), (-1, "", MessageStatus.PLANNED)
    ]  # fmt: skip
    assert town.conversation(listed.id).last_seq == 5


def test_a_second_wish_moves_the_reminder(listed: Listed) -> None:
    listed.remind(moment_on(date(2026, 12, 1))).remind(moment_on(date(2026, 12, 4)))

    assert [one.due_at for one in listed.reminders()] == [moment_on(date(2026, 12, 4))]


def test_a_reminder_that_was_said_stays_and_there_may_be_another(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    town.clock.now = moment_on(date(2026, 12, 1))
    tick_clock(town)
    listed.remind(moment_on(date(2026, 12, 2))).do("forget")

    assert [one.status for one in listed.reminders()] == [MessageStatus.SENT]


def test_a_moment_that_is_over_is_no_reminder(listed: Listed, town: Town) -> None:
    assert listed.remind(town.clock()).reminders() == []


def test_what_is_due_at_night_waits_until_the_morning(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    town.clock.now = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)  # nine in the evening here
    assert tick_clock(town) == []

    town.clock.now = datetime(2026, 12, 2, 7, 0, tzinfo=UTC)  # eight in the morning
    assert tick_clock(town) == [listed.id]


def test_over_telegram_it_tells_only_that_there_is_something(town: Town) -> None:
    listed = Listed(town, channel=Channel.TELEGRAM, address="4711").make().remind(moment_on(date(2026, 12, 1)))
    town.clock.now = moment_on(date(2026, 12, 1))
    tick_clock(town)

    (said,) = listed.reminders()
    assert said.status is MessageStatus.DUE
    assert said.text == "U heeft een bericht van de gemeente."
    assert [button["payload"] for button in said.detail["buttons"]] == ["/read_message"]
    assert "Geef uw werk door" in said.detail["letter"]["text"]


def test_a_person_in_the_chat_does_not_hold_it_up(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    town.set_state(listed.id, ConversationState.HUMAN)
    town.clock.now = moment_on(date(2026, 12, 1))

    assert tick_clock(town) == [listed.id]


def test_after_a_conversation_was_closed_it_says_what_to_type(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    town.set_state(listed.id, ConversationState.CLOSED)
    town.clock.now = moment_on(date(2026, 12, 1))
    tick_clock(town)

    (said,) = listed.reminders()
    assert said.text.endswith("Typ hieronder: mijn lijst. Dan ziet u wat er nog open staat.")
    assert "buttons" not in said.detail


def test_what_is_still_to_do_goes_along_into_the_next_conversation(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1))).do("done", "travel")
    town.set_state(listed.id, ConversationState.CLOSED)
    new = town.say("hallo").conversation_id

    assert new != listed.id
    assert listed.entries(listed.id) == {}
    assert listed.entries(new)["travel"].done
    assert town.conversation(listed.id).needed_until is None
    town.clock.now = moment_on(date(2026, 12, 1))
    assert tick_clock(town) == [new]


def test_the_resident_finds_it_back_as_long_as_it_is_needed(listed: Listed, town: Town) -> None:
    town.clock.forward(days=20)

    assert town.say("mijn lijst").conversation_id == listed.id
    assert Listed(town, address="somebody else").id != listed.id


def test_it_is_not_erased_before_its_last_day_and_a_week(listed: Listed, town: Town) -> None:
    def erase() -> list[str]:
        with town.database.writing() as session:
            return erase_old_conversations(session, town.clock())

    town.clock.now = datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
    assert erase() == []
    town.clock.now = datetime(2027, 1, 22, 12, 0, tzinfo=UTC)
    assert len(erase()) == 1
    with town.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChecklistItem)) == 0


def test_a_list_that_is_done_keeps_nothing_longer(listed: Listed, town: Town) -> None:
    for key in listed.entries():
        listed.do("done", key)

    assert town.conversation(listed.id).needed_until is None


def test_wiping_takes_the_list_the_calculations_and_the_reminders(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    calculate(listed)
    with town.database.writing() as session:
        wipe_conversation(session, session.get_one(Conversation, listed.id), town.clock())

    with town.database.reading() as session:
        for record in (ChecklistItem, Calculation, Message):
            assert session.scalar(select(func.count()).select_from(record)) == 0
    assert town.conversation(listed.id).needed_until is None


def test_planned_messages_are_sent_by_nobody_else(listed: Listed, town: Town) -> None:
    pushed = Listed(town, channel=Channel.TELEGRAM, address="4711").make().remind(moment_on(date(2026, 12, 1)))
    town.clock.now = moment_on(date(2026, 12, 2))

    with town.database.writing() as session:
        due = claim_due(session, town.keys, "sender", town.clock())
    assert [message.text for message in due] != []
    assert all(one.status is MessageStatus.PLANNED for one in pushed.reminders())


def test_a_lease_keeps_it_from_others_and_ends(listed: Listed, town: Town) -> None:
    listed.remind(moment_on(date(2026, 12, 1)))
    town.clock.now = moment_on(date(2026, 12, 1))
    with town.database.writing() as session:
        (taken,) = claim_reminders(session, "died", town.clock())
    assert tick_clock(town) == []

    town.clock.forward(seconds=61)
    assert tick_clock(town) == [listed.id]
    assert say(town, taken, "died") == []


def test_four_clocks_say_200_reminders_once_each(town: Town) -> None:
    residents = [Listed(town, address=f"resident {number}").make() for number in range(25)]
    for listed in residents:
        for key in list(listed.entries())[:8]:
            listed.remind(moment_on(date(2026, 12, 1)), key)
    town.clock.now = moment_on(date(2026, 12, 1))

    def run(number: int) -> int:
        said = 0
        while some := tick_clock(town, f"clock {number}"):
            said += len(some)
        return said

    assert sum(at_once(4, run)) == 200
    with town.database.reading() as session:
        said = session.execute(
            select(Message.conversation_id, func.count(), func.min(Message.seq))
            .where(Message.kind == MessageKind.REMINDER, Message.status == MessageStatus.SENT)
            .group_by(Message.conversation_id)
        ).all()
    assert [(count, first > 0) for _, count, first in said] == [(8, True)] * 25


def test_ticking_and_saying_at_once_never_say_what_is_ticked_first(town: Town) -> None:
    """Whoever comes first: either it was said and then ticked, or ticked and never said."""
    residents = [Listed(town, address=f"resident {number}").make() for number in range(20)]
    for listed in residents:
        listed.remind(moment_on(date(2026, 12, 1)))
    town.clock.now = moment_on(date(2026, 12, 1))

    def run(number: int) -> object:
        return tick_clock(town) if number == 0 else [listed.do("done") for listed in residents[number - 1 :: 3]]

    at_once(4, run)
    for listed in residents:
        assert listed.entries()["report_work"].done
        assert {one.status for one in listed.reminders()} <= {MessageStatus.SENT}
