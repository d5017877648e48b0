"""After a conversation: the next one is due by the programme, or there are new times; nobody is ever blamed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.models import Appointment, InvitationState, Outcome, TaskKind
from services.afterwards import next_due_after, set_outcome
from services.errors import ChangedMeanwhile, NotBegun, NotYourAppointment
from services.inviting.due import next_due
from tests.agenda import build_caseworker, build_programme, build_town
from tests.integration.inviting.conftest import Round, build_appointment

TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def book(round_: Round, begins_at: datetime = TUESDAY) -> int:
    """Invited, and booked for that moment."""
    if not round_.invitations():
        round_.tick()
    with round_.database.writing() as session:
        made = build_appointment(session, round_, begins_at)
        invitation = round_.invitations()[0]
        session.merge(invitation).state = InvitationState.BOOKED
        session.merge(invitation).appointment_id = made.id
    round_.clock.now = AFTER
    return made.id


def tell(round_: Round, appointment_id: int, outcome: Outcome, version: int | None = None) -> None:
    with round_.database.writing() as session:
        appointment = session.get_one(Appointment, appointment_id)
        seen = version or appointment.version
        set_outcome(session, round_.anna, appointment, seen, outcome, round_.clock())


def test_after_a_conversation_the_next_is_due_by_the_programme(round_: Round) -> None:
    made = book(round_)
    tell(round_, made, Outcome.HELD)

    with round_.database.reading() as session:
        due_on = next_due_after(session, session.get_one(Appointment, made))
    assert due_on == date(2028, 6, 1)
    assert [one.state for one in round_.invitations()] == [InvitationState.DONE]
    assert len(round_.said()) == 1


def test_the_next_invitation_goes_out_when_that_day_comes_near(round_: Round) -> None:
    tell(round_, book(round_), Outcome.HELD)
    round_.clock.now = datetime(2028, 5, 3, 9, 0, tzinfo=UTC)
    round_.tick()
    round_.tick(days=1)

    assert [one.due_on for one in round_.invitations()] == [date(2026, 11, 20), date(2028, 6, 1)]


def test_who_did_not_come_gets_a_friendly_message_and_may_choose_again(round_: Round) -> None:
    tell(round_, book(round_), Outcome.NO_SHOW)
    round_.tick()
    round_.tick(days=8)

    _, missed, choose = round_.said()
    (invitation,) = round_.invitations()
    assert "1 december 2026" in missed
    assert "U kunt nog een dag en een tijd kiezen" in choose
    assert (invitation.state, invitation.appointment_id) == (InvitationState.REMINDED, None)


def test_a_slip_is_put_right_before_anybody_hears_of_it(round_: Round) -> None:
    made = book(round_)
    tell(round_, made, Outcome.NO_SHOW)
    tell(round_, made, Outcome.HELD)
    round_.tick()

    assert len(round_.said()) == 1
    assert [one.state for one in round_.invitations()] == [InvitationState.DONE]


def test_who_has_a_new_time_already_is_not_asked_to_choose(round_: Round) -> None:
    made = book(round_)
    with round_.database.writing() as session:
        other = build_appointment(session, round_, datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    tell(round_, made, Outcome.MOVED)
    round_.tick()

    assert len(round_.said()) == 1
    assert round_.invitations()[0].appointment_id == other.id


def test_two_who_tell_at_once_do_not_overwrite_each_other(round_: Round) -> None:
    made = book(round_)
    tell(round_, made, Outcome.HELD, version=1)

    with pytest.raises(ChangedMeanwhile):
        tell(round_, made, Outcome.NO_SHOW, version=1)


def test_nobody_tells_how_a_conversation_went_that_is_still_to_come(round_: Round) -> None:
    made = book(round_)
    round_.clock.now = datetime(2026, 12, 1, 8, 59, tzinfo=UTC)

    with pytest.raises(NotBegun):
        tell(round_, made, Outcome.NO_SHOW)


def test_nobody_tells_of_an_appointment_elsewhere(round_: Round) -> None:
    made = book(round_)
    with round_.database.writing() as session:
        stranger = build_caseworker(session, build_town(session, slug="elders"))
        appointment = session.get_one(Appointment, made)

        with pytest.raises(NotYourAppointment):
            set_outcome(session, stranger, appointment, 1, Outcome.HELD, AFTER)


def test_the_day_after_whoever_led_it_is_asked_how_it_went_once(round_: Round) -> None:
    made = book(round_)
    round_.tick(hours=12)  # 23 o'clock here: still the same day
    before = round_.tasks()
    round_.tick(hours=2)
    round_.tick(hours=1)

    (task,) = round_.tasks()
    assert before == []
    assert (task.kind, task.account_id, task.appointment_id) == (TaskKind.OUTCOME_MISSING, round_.anna.id, made)


def test_telling_it_closes_that_task(round_: Round) -> None:
    made = book(round_)
    round_.tick(days=1)
    tell(round_, made, Outcome.HELD)

    (task,) = round_.tasks()
    assert task.done_by == round_.anna.id


@pytest.mark.parametrize(
    ("began", "due_on"),
    [
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2027, 3, 31)),  # half past eleven in the evening here
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 4, 1)),  # here it is the first of January already
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 6, 28)),  # the night in which the clock goes forward
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2027, 1, 25)),  # the night in which it goes back
    ],
)
def test_a_quarter_is_counted_from_the_day_here(round_: Round, began: datetime, due_on: date) -> None:
    with round_.database.writing() as session:
        quarterly = replace(build_programme(round_.town), months=3)
        build_appointment(session, round_, began, outcome=Outcome.HELD)

        assert next_due(session, round_.fatma, quarterly) == due_on
