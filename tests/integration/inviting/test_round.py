"""Who is due is invited, reminded to choose a time, and handed to a caseworker: once, and never at night."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from db.models import Consent, Invitation, InvitationState, Municipality, ReminderKind, TaskKind
from services.inviting.find import open_due
from services.inviting.invite import take_further
from services.inviting.pending import AT_HAND
from services.staff_tasks import tasks_done
from tests.agenda import TALK, build_chat, build_person, build_programme
from tests.integration.inviting.conftest import LONG_AGO, Round, build_appointment


def test_who_is_due_is_invited_once(round_: Round) -> None:
    round_.tick()
    round_.tick(hours=1)

    (invitation,) = round_.invitations()
    (said,) = round_.said()
    assert (invitation.state, invitation.due_on) == (InvitationState.INVITED, date(2026, 11, 20))
    assert "contactgesprek" in said
    assert "op kantoor of telefonisch" in said


def test_who_does_not_choose_is_reminded_and_then_handed_over_with_the_evidence(round_: Round) -> None:
    round_.tick()
    round_.tick(days=7)
    round_.tick(days=6)
    states = [round_.invitations()[0].state]
    round_.tick(days=1)

    (task,) = round_.tasks()
    assert [*states, round_.invitations()[0].state] == [InvitationState.REMINDED, InvitationState.HANDED]
    assert (task.kind, task.account_id, task.person_id) == (TaskKind.NO_ANSWER, round_.anna.id, round_.fatma.id)
    assert [one["result"] for one in task.detail["attempts"]] == ["shown", "shown"]
    assert len(round_.said()) == 2


def test_a_late_reminder_leaves_as_much_time_to_answer(round_: Round) -> None:
    round_.tick()
    round_.tick(days=21)  # nothing ran for a while

    round_.tick(days=6)
    assert round_.invitations()[0].state is InvitationState.REMINDED


def test_a_kind_that_is_switched_off_invites_nobody_and_takes_back_what_is_open(round_: Round) -> None:
    round_.tick()
    with round_.database.writing() as session:
        town = session.get_one(Municipality, round_.town.id)
        town.settings = {"programmes": [TALK | {"months": 18, "in_use": False}]}
        build_chat(session, town, build_person(session, town, number="K-2", created_at=LONG_AGO), "r2")
    round_.tick(days=8)

    assert [one.state for one in round_.invitations()] == [InvitationState.WITHDRAWN]
    assert (len(round_.said()), round_.tasks()) == (1, [])


def test_an_invitation_is_taken_back_soon_when_the_kind_is_meant_for_others(round_: Round) -> None:
    round_.tick()
    with round_.database.writing() as session:
        town = session.get_one(Municipality, round_.town.id)
        town.settings = {"programmes": [TALK | {"months": 18, "perspectives": ["werken"]}]}
    round_.tick(hours=1)

    assert [one.state for one in round_.invitations()] == [InvitationState.WITHDRAWN]


def test_nobody_is_invited_at_night_or_at_the_weekend(round_: Round) -> None:
    for moment in (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), datetime(2026, 11, 28, 10, 0, tzinfo=UTC)):
        round_.clock.now = moment
        round_.tick()

    assert [one.state for one in round_.invitations()] == [InvitationState.DUE]
    assert round_.said() == []


def test_who_has_no_chat_is_handed_over_at_once(round_: Round) -> None:
    with round_.database.writing() as session:
        alone = build_person(session, round_.town, round_.anna, "K-2", created_at=LONG_AGO)
    round_.tick()

    (task,) = round_.tasks()
    assert (task.person_id, task.detail["attempts"]) == (alone.id, [])


def test_many_without_a_chat_come_to_their_caseworker_a_few_at_a_time(round_: Round) -> None:
    with round_.database.writing() as session:
        for number in range(AT_HAND + 5):
            build_person(session, round_.town, round_.anna, f"P-{number}", created_at=LONG_AGO)
    round_.tick()
    round_.tick(hours=1)
    at_once = len(round_.tasks())
    with round_.database.writing() as session:
        tasks_done(session, round_.anna, [task.id for task in round_.tasks()[:3]], round_.clock())
    round_.tick(hours=1)

    assert (at_once, len(round_.tasks())) == (AT_HAND, AT_HAND + 3)
    states = [one.state for one in round_.invitations() if one.person_id != round_.fatma.id]
    assert states == [InvitationState.HANDED] * (AT_HAND + 3) + [InvitationState.DUE] * 2


def test_those_who_wait_for_their_caseworker_hold_up_nobody_who_can_be_invited(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.inviting.STEPS", AT_HAND + 1)
    with round_.database.writing() as session:
        for number in range(3 * AT_HAND):
            build_person(session, round_.town, round_.anna, f"P-{number}", created_at=LONG_AGO - timedelta(days=9))
    round_.tick()
    round_.tick(hours=1)

    assert len(round_.said()) == 1


def test_who_links_a_chat_later_is_invited_after_all(round_: Round) -> None:
    with round_.database.writing() as session:
        alone = build_person(session, round_.town, round_.anna, "K-2", created_at=LONG_AGO)
    round_.tick()
    with round_.database.writing() as session:
        build_chat(session, round_.town, alone, "later")
    round_.tick(hours=1)

    assert [one.state for one in round_.invitations()] == [InvitationState.INVITED] * 2
    assert [task.done_at is None for task in round_.tasks()] == [False]


def test_who_wants_no_invitations_is_handed_over_and_hears_nothing(round_: Round) -> None:
    with round_.database.writing() as session:
        session.add(
            Consent(
                municipality_id=round_.town.id,
                contact_point_id=round_.chat.contact_point_id,
                kind=ReminderKind.INVITATION,
                wanted=False,
                changed_at=round_.clock(),
            )
        )
    round_.tick()

    assert [task.kind for task in round_.tasks()] == [TaskKind.NO_ANSWER]
    assert round_.said() == []


def test_who_has_an_appointment_already_is_not_invited(round_: Round) -> None:
    with round_.database.writing() as session:
        build_appointment(session, round_, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    round_.tick()

    assert round_.invitations() == []


def test_who_booked_meanwhile_is_not_reminded_to_choose(round_: Round) -> None:
    round_.tick()
    with round_.database.writing() as session:
        booked = build_appointment(session, round_, datetime(2026, 12, 22, 9, 0, tzinfo=UTC))
    round_.tick(days=8)

    (invitation,) = round_.invitations()
    assert (invitation.state, invitation.appointment_id) == (InvitationState.BOOKED, booked.id)
    assert len(round_.said()) == 1


def test_whose_case_closes_is_left_alone(round_: Round) -> None:
    round_.tick()
    with round_.database.writing() as session:
        session.get_one(type(round_.fatma), round_.fatma.id).closed_at = round_.clock()
    round_.tick(days=8)

    assert [one.state for one in round_.invitations()] == [InvitationState.WITHDRAWN]
    assert len(round_.said()) == 1


def test_workers_at_the_same_time_open_and_take_each_step_once(round_: Round) -> None:
    programme = build_programme(round_.town)
    with round_.database.writing() as session:
        for number in range(20):
            person = build_person(session, round_.town, round_.anna, f"P-{number}", created_at=LONG_AGO)
            build_chat(session, round_.town, person, f"p{number}")

    def look(_worker: int) -> None:
        with round_.database.writing() as session:
            open_due(session, round_.town, programme, 0, round_.clock())
        for one in round_.invitations():
            with round_.database.writing() as session:
                take_further(session, one.id, round_.clock())

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(look, range(4)))
    round_.tick()

    assert [one.state for one in round_.invitations()] == [InvitationState.INVITED] * 21
    assert len(round_.said()) == 21


def test_a_round_that_was_called_off_is_not_begun_again(round_: Round) -> None:
    with round_.database.writing() as session:
        session.add(
            Invitation(
                municipality_id=round_.town.id,
                person_id=round_.fatma.id,
                programme="contactgesprek",
                due_on=date(2026, 11, 20),
                state=InvitationState.WITHDRAWN,
                created_at=round_.clock(),
            )
        )
    round_.tick()

    assert [one.state for one in round_.invitations()] == [InvitationState.WITHDRAWN]
