"""Invite who is due, remind who has not chosen a time, and hand over who did not answer or cannot be reached.

Each deed is about one invitation and takes its locks in the same order as a resident's own line does: first the
conversation, then what it is about.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from db.models import (
    Appointment,
    AppointmentState,
    Invitation,
    InvitationState,
    Municipality,
    Person,
    ReminderKind,
    StaffTask,
    TaskKind,
)
from services.agenda.locks import lock_chats
from services.agenda.programmes import Programme, fits, programmes_of
from services.calendar import day_here
from services.inviting.pending import (
    ASKS_FOR_A_STEP,
    SOON,
    full_hands,
    time_to_invite,
    wait_for_answer,
    wait_for_choice,
)
from services.reminding.attempts import attempts_about
from services.reminding.plan import forget_about, plan_about
from services.reminding.reach import conversations_to_reach, ways_to
from services.staff_tasks import add_task


def about(invitation: Invitation) -> str:
    """As reminders and the evidence of them name it."""
    return f"invitation:{invitation.id}"


def round_of(invitation: Invitation) -> int:
    """Which time somebody is invited to the same conversation: after a missed one the invitation goes out again."""
    return day_here(invitation.invited_at).toordinal() if invitation.invited_at else 0


def take_further(session: Session, invitation_id: int, now: datetime) -> InvitationState | None:
    """One invitation, one step. None: it stays as it is, or another worker has it.

    Invited and reminded is only at a decent hour. What does not go out now does so at the next tick.
    """
    found = session.get(Invitation, invitation_id)
    if found is None:
        return None
    person = session.get_one(Person, found.person_id)
    ways = conversations_to_reach(session, person, ReminderKind.INVITATION, now)
    if ways:
        lock_chats(session, found.municipality_id, person.id, None)
    invitation = session.scalar(_held(invitation_id))
    if invitation is None or invitation.state not in ASKS_FOR_A_STEP:
        return None
    before, town = invitation.state, session.get_one(Municipality, invitation.municipality_id)
    programme = programmes_of(town).get(invitation.programme)
    if programme is None or not fits(programme, person, day_here(now)):
        withdraw(session, invitation, now)
    elif _follow_booking(session, invitation, now):
        pass
    elif before is InvitationState.BOOKED:
        reopen(invitation, now)
    elif before is InvitationState.HANDED:
        if ways and invitation.invited_at is None and time_to_invite(now):
            _invite_after_all(session, invitation, person, programme, now)
    elif not ways:
        # Who was asked and can no longer be, or wants no invitations, does not wait for room.
        asked = before is not InvitationState.DUE or ways_to(session, person)
        if asked or person.caseworker_id not in full_hands(session, person.municipality_id):
            hand_over(session, invitation, person, now)
    else:
        _next_step(session, invitation, person, programme, now)
    session.flush()
    return invitation.state if invitation.state is not before else None


def withdraw(session: Session, invitation: Invitation, now: datetime, by: int | None = None) -> None:
    """It is not needed any more: the case is closed, the programme is for others, or a caseworker (`by`) says so. The
    caller holds the row."""
    forget_about(session, invitation.municipality_id, about(invitation), now)
    close_task(session, invitation, now, by)
    invitation.state = InvitationState.WITHDRAWN


def close_task(session: Session, invitation: Invitation, now: datetime, by: int | None = None) -> None:
    """Nobody has to get in touch any more."""
    session.execute(
        update(StaffTask)
        .where(
            StaffTask.municipality_id == invitation.municipality_id,
            StaffTask.dedupe == _task_of(invitation),
            StaffTask.done_at.is_(None),
        )
        .values(done_at=now, done_by=by)
        .execution_options(synchronize_session="fetch")
    )


def reopen(invitation: Invitation, now: datetime) -> None:
    """What was booked did not take place: from today there is time to choose again."""
    invitation.state, invitation.appointment_id = InvitationState.INVITED, None
    invitation.invited_at, invitation.reminded_at = now, None


def hand_over(session: Session, invitation: Invitation, person: Person, now: datetime) -> None:
    """A caseworker gets in touch himself. That nobody answered says nothing about why, and nothing follows from it."""
    forget_about(session, invitation.municipality_id, about(invitation), now)
    invitation.state, invitation.handed_at = InvitationState.HANDED, now
    task = add_task(
        session,
        invitation.municipality_id,
        TaskKind.NO_ANSWER,
        _task_of(invitation),
        now,
        account_id=person.caseworker_id,
        person_id=person.id,
        about=about(invitation),
        programme=invitation.programme,
        due_on=invitation.due_on.isoformat(),
        attempts=attempts_about(session, invitation.municipality_id, about(invitation)),
    )
    # Called off and brought back in the same round: it has to be done again.
    task.done_at, task.done_by = None, None


def _next_step(session: Session, invitation: Invitation, person: Person, programme: Programme, now: datetime) -> None:
    state, invited, reminded = invitation.state, invitation.invited_at, invitation.reminded_at
    if state is InvitationState.DUE and time_to_invite(now):
        _invite(session, invitation, person, programme, now)
    elif state is InvitationState.INVITED and invited and invited + wait_for_choice(programme) <= now:
        if time_to_invite(now):
            invitation.state, invitation.reminded_at = InvitationState.REMINDED, now
            forget_about(session, invitation.municipality_id, about(invitation), now)
            _tell(session, invitation, person, "choose", programme, now)
    elif state is InvitationState.REMINDED and reminded and reminded + wait_for_answer(programme) <= now:
        hand_over(session, invitation, person, now)


def _invite(session: Session, invitation: Invitation, person: Person, programme: Programme, now: datetime) -> None:
    invitation.state, invitation.invited_at = InvitationState.INVITED, now
    _tell(session, invitation, person, "invite", programme, now)


def _invite_after_all(
    session: Session, invitation: Invitation, person: Person, programme: Programme, now: datetime
) -> None:
    """There is a chat now."""
    close_task(session, invitation, now)
    _invite(session, invitation, person, programme, now)


def _tell(
    session: Session, invitation: Invitation, person: Person, step: str, programme: Programme, now: datetime
) -> None:
    useful_until = now + timedelta(days=programme.hand_days)
    moments, version = [(step, now + SOON)], round_of(invitation)
    plan_about(session, about(invitation), version, ReminderKind.INVITATION, moments, useful_until, person, None, now)


def _follow_booking(session: Session, invitation: Invitation, now: datetime) -> bool:
    """Whether there is an appointment for it, made by whomever; then it is that one's."""
    query = select(Appointment).where(
        Appointment.municipality_id == invitation.municipality_id,
        Appointment.person_id == invitation.person_id,
        Appointment.programme == invitation.programme,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.outcome.is_(None),
    )
    booked = session.scalar(query.order_by(Appointment.begins_at.desc()).limit(1))
    if booked is None:
        return False
    if invitation.state is not InvitationState.BOOKED:
        forget_about(session, invitation.municipality_id, about(invitation), now)
    invitation.state, invitation.appointment_id = InvitationState.BOOKED, booked.id
    return True


def _task_of(invitation: Invitation) -> str:
    return f"no_answer:{about(invitation)}:{round_of(invitation)}"


def _held(invitation_id: int) -> Select[Invitation]:
    query = select(Invitation).where(Invitation.id == invitation_id)
    return query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
