"""A caseworker lets somebody be reminded: of papers, of a review, every month of the income form; and stops it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    AuditEntry,
    Channel,
    Conversation,
    Message,
    MessageStatus,
    Municipality,
    Person,
    ReminderKind,
)
from services.calendar import day_here
from services.errors import NotInThePast, NowhereToSay, TooFarAway, TooSoon, UnknownPerson
from services.evidence import evidence_of_person
from services.people.consents import set_wanted
from services.phrases import Phrases
from services.reminding.answer import answer_reminders
from services.reminding.by_hand import (
    Reminding,
    remind_of_documents,
    remind_of_income_form,
    remind_of_review,
    reminding_of,
    stop_reminding,
)
from services.reminding.claim import claim_reminders
from services.reminding.say import SAY
from services.reminding.speak import say_reminders
from tests.agenda import build_caseworker, build_chat, build_person, build_town
from tests.integration.reminding.conftest import Reminded

type Deed = Callable[[Session, Account, Person, datetime], object]


@pytest.fixture
def linked(reminded: Reminded) -> Reminded:
    return reminded.link(Channel.WEB)


def do(reminded: Reminded, deed: Deed, town: Municipality | None = None) -> None:
    with reminded.town.database.writing() as session:
        account = build_caseworker(session, town or reminded.town.row, f"c{reminded.town.clock().timestamp()}")
        deed(session, account, session.get_one(Person, reminded.person), reminded.town.clock())
    reminded.town.clock.forward(seconds=1)


def documents(due_on: date) -> Deed:
    return lambda session, account, person, now: remind_of_documents(session, account, person, due_on, now)


def review(on: date) -> Deed:
    return lambda session, account, person, now: remind_of_review(session, account, person, on, now)


def stop(word: str) -> Deed:
    return lambda session, account, person, now: stop_reminding(session, account, person, word, now)


def planned(reminded: Reminded) -> list[tuple[str, date]]:
    with reminded.town.database.reading() as session:
        query = select(Message).where(Message.status == MessageStatus.PLANNED).order_by(Message.due_at)
        rows = session.scalars(query).all()
    return [(str(one.external_id).rpartition(":")[2], day_here(one.due_at)) for one in rows if one.due_at]


def seen(reminded: Reminded) -> Reminding:
    with reminded.town.database.reading() as session:
        return reminding_of(session, session.get_one(Person, reminded.person))


def say(reminded: Reminded) -> list[str]:
    now = reminded.town.clock()
    with reminded.town.database.writing() as session:
        say_reminders(session, SAY, claim_reminders(session, "worker", now), "worker", now)
        query = select(Message.text).where(Message.about.is_not(None), Message.status == MessageStatus.SENT)
        return list(session.scalars(query.order_by(Message.id)))


def in_days(reminded: Reminded, days: int) -> date:
    return day_here(reminded.town.clock()) + timedelta(days=days)


def test_papers_are_reminded_of_three_days_and_one_day_before_and_a_later_day_takes_their_place(
    linked: Reminded,
) -> None:
    for days in (8, 10, 10):
        do(linked, documents(in_days(linked, days)))

    assert planned(linked) == [("3d", in_days(linked, 7)), ("1d", in_days(linked, 9))]
    assert seen(linked).documents_by == in_days(linked, 10)


def test_what_is_tomorrow_is_told_at_once(linked: Reminded) -> None:
    linked.town.clock.forward(hours=3)
    tomorrow = in_days(linked, 1)
    do(linked, documents(tomorrow))
    linked.town.clock.forward(minutes=2)

    (said,) = say(linked)
    assert "24 november 2026" in said
    with linked.town.database.reading() as session:
        (evidence,) = evidence_of_person(session, linked.town.row.id, linked.person)
    assert [one.result for one in evidence.attempts] == ["shown"]


def test_a_review_is_reminded_of_two_weeks_and_two_days_before(linked: Reminded) -> None:
    do(linked, review(in_days(linked, 20)))

    assert planned(linked) == [("14d", in_days(linked, 6)), ("2d", in_days(linked, 18))]
    assert seen(linked).review_on == in_days(linked, 20)


def test_the_income_form_comes_every_month_until_it_is_stopped(linked: Reminded) -> None:
    do(linked, remind_of_income_form)
    do(linked, remind_of_income_form)
    ((_, first),) = planned(linked)
    linked.town.clock.forward(days=(first - day_here(linked.town.clock())).days, hours=2)
    assert len(say(linked)) == 1
    ((_, second),) = planned(linked)
    assert 25 < (second - first).days < 35

    do(linked, stop("income_form"))
    assert (planned(linked), seen(linked).income_at) == ([], None)


@pytest.mark.parametrize(("days", "error"), [(0, NotInThePast), (-1, NotInThePast), (800, TooFarAway)])
def test_a_day_that_is_over_or_far_away_is_refused(linked: Reminded, days: int, error: type[Exception]) -> None:
    for deed in (documents, review):
        with pytest.raises(error):
            do(linked, deed(in_days(linked, days)))
    assert planned(linked) == []


def test_in_the_night_before_there_is_no_time_left(linked: Reminded) -> None:
    linked.town.clock.forward(hours=12)
    with pytest.raises(TooSoon):
        do(linked, review(in_days(linked, 1)))


def test_nobody_is_reminded_who_has_no_chat_or_is_of_another_municipality(reminded: Reminded) -> None:
    with reminded.town.database.writing() as session:
        reminded.person = build_person(session, reminded.town.row, number="K-9").id
        stranger = build_town(session, slug="buurstad")
    for deed in (documents(in_days(reminded, 9)), review(in_days(reminded, 20)), remind_of_income_form):
        with pytest.raises(NowhereToSay):
            do(reminded, deed)
        with pytest.raises(UnknownPerson):
            do(reminded, deed, stranger)
    assert not seen(reminded).reachable


def test_what_the_resident_switched_off_stays_off_and_is_told(linked: Reminded) -> None:
    with linked.town.database.writing() as session:
        chat = build_chat(session, linked.town.row, session.get_one(Person, linked.person), "r2")
        set_wanted(session, chat, ReminderKind.ALL, False, linked.town.clock())
    do(linked, documents(in_days(linked, 8)))
    with linked.town.database.reading() as session:
        told = evidence_of_person(session, linked.town.row.id, linked.person)
    assert {(one.status, one.wanted) for one in told} == {(MessageStatus.PLANNED, False)}
    linked.town.clock.forward(days=8)

    assert seen(linked).unwanted == {"documents", "review", "income_form"}
    assert say(linked) == []


def test_the_resident_reads_what_is_planned_and_can_switch_it_off(linked: Reminded) -> None:
    do(linked, documents(in_days(linked, 8)))
    do(linked, remind_of_income_form)
    town = linked.town
    with town.database.reading() as session:
        chat = session.get_one(Conversation, linked.chats[Channel.WEB])
        phrases = Phrases(session, session.get_one(Municipality, town.row.id), "nl")
        told = answer_reminders(session, phrases, chat, "", "", town.clock())

    assert told.text.count("papieren") == 2
    assert [button.payload for button in told.buttons][:2] == [
        '/my_reminders{"topic": "documents", "kind": "off"}',
        '/my_reminders{"topic": "income_form", "kind": "not_monthly"}',
    ]


def test_every_deed_is_noted(linked: Reminded) -> None:
    for deed in (documents(in_days(linked, 8)), review(in_days(linked, 20)), remind_of_income_form, stop("review")):
        do(linked, deed)
    with linked.town.database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [one.deed for one in entries] == [
        "documents_reminder", "review_reminder", "income_reminder", "reminder_stopped",
    ]  # fmt: skip
    assert {one.subject for one in entries} == {f"person:{linked.person}"}
