"""A caseworker calls an invitation off, brings it back, or notes that the conversation was held already."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from db.models import InvitationState, Person
from services.calendar import day_here
from services.errors import (
    ChangedMeanwhile,
    CountedAnew,
    InAgenda,
    StillToCome,
    UnknownInvitation,
    UnknownPerson,
    UnknownProgramme,
)
from services.inviting.by_hand import call_off_invitation, invite_after_all, note_held_by_hand
from tests.agenda import build_caseworker, build_person, build_town
from tests.builders import NOW
from tests.integration.inviting.conftest import LONG_AGO, Round, build_appointment

TALK = "contactgesprek"


def call_off(round_: Round, number: int = 0) -> None:
    with round_.database.writing() as session:
        call_off_invitation(session, round_.anna, round_.invitations()[number].id, round_.clock())


def bring_back(round_: Round) -> None:
    with round_.database.writing() as session:
        invite_after_all(session, round_.anna, round_.invitations()[0].id, round_.clock())


def note(round_: Round, on: date, programme: str = TALK) -> None:
    with round_.database.writing() as session:
        person = session.get_one(Person, round_.fatma.id)
        note_held_by_hand(session, round_.anna, person, programme, on, round_.clock())


def states(round_: Round) -> list[InvitationState]:
    return [one.state for one in round_.invitations()]


def test_what_was_called_off_is_neither_said_nor_opened_again(round_: Round) -> None:
    round_.tick()
    call_off(round_)
    call_off(round_)
    round_.tick(days=8)
    round_.tick(days=8)

    assert states(round_) == [InvitationState.WITHDRAWN]
    assert len(round_.said()) == 1
    assert round_.tasks() == []


def test_the_task_to_get_in_touch_goes_with_the_invitation_and_comes_back_with_it(round_: Round) -> None:
    with round_.database.writing() as session:
        build_person(session, round_.town, round_.anna, "K-2", created_at=LONG_AGO)
    round_.tick()
    alone = next(n for n, one in enumerate(round_.invitations()) if one.state is InvitationState.HANDED)
    call_off(round_, alone)
    (task,) = round_.tasks()
    assert (task.done_at, task.done_by) == (round_.clock(), round_.anna.id)

    with round_.database.writing() as session:
        invite_after_all(session, round_.anna, round_.invitations()[alone].id, round_.clock())
    round_.tick(hours=1)
    (task,) = round_.tasks()
    assert task.done_at is None


def test_who_is_needed_after_all_is_invited_as_if_for_the_first_time(round_: Round) -> None:
    round_.tick()
    call_off(round_)
    round_.tick(days=42)
    bring_back(round_)
    bring_back(round_)
    round_.tick(hours=1)

    assert states(round_) == [InvitationState.INVITED]
    assert len(round_.said()) == 2


def test_what_is_booked_is_not_called_off_and_what_is_open_not_brought_back(round_: Round) -> None:
    round_.tick()
    with pytest.raises(ChangedMeanwhile):
        bring_back(round_)
    with round_.database.writing() as session:
        build_appointment(session, round_, round_.clock() + timedelta(days=9))
    round_.tick(days=7)
    assert states(round_) == [InvitationState.BOOKED]
    with pytest.raises(ChangedMeanwhile):
        call_off(round_)


def test_an_invitation_of_another_municipality_is_not_there(round_: Round) -> None:
    round_.tick()
    with round_.database.writing() as session:
        stranger = build_caseworker(session, build_town(session, slug="buurstad"))
        for deed in (call_off_invitation, invite_after_all):
            with pytest.raises(UnknownInvitation):
                deed(session, stranger, round_.invitations()[0].id, NOW)
        with pytest.raises(UnknownPerson):
            note_held_by_hand(session, stranger, round_.fatma, TALK, day_here(NOW), NOW)


def test_a_conversation_that_was_held_counts_and_ends_the_invitation(round_: Round) -> None:
    round_.tick()
    today = day_here(round_.clock())
    for days in (7, 14):
        note(round_, today)
        round_.tick(days=days)

    assert states(round_) == [InvitationState.WITHDRAWN, InvitationState.DONE]
    with pytest.raises(CountedAnew):
        bring_back(round_)
    assert (len(round_.said()), round_.tasks()) == (1, [])


def test_two_presses_at_once_note_one_conversation(round_: Round) -> None:
    with round_.database.writing() as session:
        alone = build_person(session, round_.town, round_.anna, "K-2").id
    ready = Barrier(4)

    def press(_: int) -> None:
        ready.wait()
        with round_.database.writing() as session:
            person = session.get_one(Person, alone)
            note_held_by_hand(session, round_.anna, person, TALK, day_here(NOW), NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))
    assert states(round_) == [InvitationState.DONE]


def test_what_is_still_to_come_unknown_or_in_the_agenda_is_not_noted(round_: Round) -> None:
    today = day_here(round_.clock())
    with pytest.raises(StillToCome):
        note(round_, today + timedelta(days=1))
    with pytest.raises(UnknownProgramme):
        note(round_, today, "dans")
    with round_.database.writing() as session:
        build_appointment(session, round_, round_.clock() - timedelta(hours=1))
    with pytest.raises(InAgenda):
        note(round_, today)
    assert states(round_) == []
