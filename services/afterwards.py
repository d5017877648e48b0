"""After a conversation: how it went, and what follows. The next one is due, or there are new times to choose from.

That somebody did not come is only written down. What it means is for a caseworker to find out; nothing here decides.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Appointment,
    AppointmentState,
    Conversation,
    Invitation,
    InvitationState,
    Municipality,
    Outcome,
    Person,
    ReminderKind,
    StaffTask,
    TaskKind,
)
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.locks import lock_chats, lock_seen
from services.agenda.programmes import Programme, programmes_of
from services.errors import NotBegun, NotYourAppointment
from services.inviting.due import next_due
from services.inviting.invite import about as about_invitation
from services.inviting.invite import hand_over, reopen
from services.inviting.pending import SOON
from services.reminding.moments import after_the_quiet
from services.reminding.plan import forget_about, plan_about
from services.reminding.reach import conversations_to_reach

MISSED = "missed"
"""As reminders name the message after a conversation that did not take place: `missed:12`."""


def set_outcome(
    session: Session, account: Account, appointment: Appointment, version: int, outcome: Outcome, now: datetime
) -> Appointment:
    """Told by a caseworker; told otherwise when that was a slip. What belongs to the other outcome is undone.

    Raises NotYourAppointment for one of another municipality, or a group session itself: who takes part has an outcome
    of his own. Raises NotBegun or ChangedMeanwhile.
    """
    if appointment.municipality_id != account.municipality_id or appointment.seats is not None:
        raise NotYourAppointment
    if appointment.begins_at > now:
        raise NotBegun
    whom, ways = _whom(session, appointment), []
    if whom is not None:
        ways = conversations_to_reach(session, whom, ReminderKind.INVITATION, now)
    if ways:
        # First the chat, as in a line of the resident himself; then what it is about.
        lock_chats(session, appointment.municipality_id, appointment.person_id, appointment.conversation_id)
    held = lock_seen(session, appointment, version)
    held.outcome, held.outcome_at, held.outcome_by, held.changed_at = outcome, now, account.id, now
    session.flush()
    forget_about(session, held.municipality_id, f"{MISSED}:{held.id}", now)
    _close_task(session, held, account, now)
    invitation = _invitation_of(session, held, outcome)
    if outcome is Outcome.HELD:
        _took_place(session, held, invitation, now)
    elif (another := _another(session, held, now)) is None:
        _offer_again(session, held, invitation, whom, bool(ways), now)
    elif invitation is not None:
        invitation.state, invitation.appointment_id = InvitationState.BOOKED, another
        session.flush()
    return held


def next_due_after(session: Session, appointment: Appointment) -> date | None:
    """When this person's next one of the kind is due, by what is known now. None: the programme has no rhythm."""
    town = session.get_one(Municipality, appointment.municipality_id)
    programme = programmes_of(town).get(appointment.programme)
    if programme is None or appointment.person_id is None:
        return None
    return next_due(session, session.get_one(Person, appointment.person_id), programme)


def _took_place(session: Session, held: Appointment, invitation: Invitation | None, now: datetime) -> None:
    """The next one is due by the programme, counted from today's (services/inviting/due.py)."""
    if invitation is not None:
        forget_about(session, held.municipality_id, about_invitation(invitation), now)
        invitation.state, invitation.appointment_id = InvitationState.DONE, held.id
        session.flush()


def _offer_again(
    session: Session, missed: Appointment, invitation: Invitation | None, whom: Person | Conversation | None,
    reachable: bool, now: datetime,
) -> None:  # fmt: skip
    """A friendly message with new times to choose from; who cannot be reached is handed over."""
    town = session.get_one(Municipality, missed.municipality_id)
    programme = programmes_of(town).get(missed.programme)
    if invitation is not None:
        reopen(invitation, now)
        session.flush()
    if whom is None or programme is None or not programme.in_use:
        return
    if reachable:
        _plan_words(session, missed, programme, whom, now)
    elif invitation is not None and isinstance(whom, Person):
        hand_over(session, invitation, whom, now)


def _plan_words(
    session: Session, missed: Appointment, programme: Programme, whom: Person | Conversation, now: datetime
) -> None:
    person = whom if isinstance(whom, Person) else None
    conversation = whom if isinstance(whom, Conversation) else None
    about, moments = f"{MISSED}:{missed.id}", [(MISSED, after_the_quiet(now + SOON))]
    until, kind = now + timedelta(days=programme.hand_days), ReminderKind.INVITATION
    plan_about(session, about, missed.version, kind, moments, until, person, conversation, now)


def _whom(session: Session, appointment: Appointment) -> Person | Conversation | None:
    if appointment.person_id is not None:
        return session.get_one(Person, appointment.person_id)
    if appointment.conversation_id is not None:
        return session.get_one(Conversation, appointment.conversation_id)
    return None


def _invitation_of(session: Session, appointment: Appointment, outcome: Outcome) -> Invitation | None:
    """The one that this appointment answered. What took place answers any that is open for the same."""
    if appointment.person_id is None:
        return None
    query = select(Invitation).where(
        Invitation.municipality_id == appointment.municipality_id,
        Invitation.person_id == appointment.person_id,
        Invitation.programme == appointment.programme,
    )
    found = session.scalars(query.order_by(Invitation.due_on).with_for_update()).all()
    own = [one for one in found if one.appointment_id == appointment.id]
    open_ = [one for one in found if one.state in OPEN_INVITATIONS and outcome is Outcome.HELD]
    return next(iter([*own, *open_]), None)


def _another(session: Session, appointment: Appointment, now: datetime) -> int | None:
    """The appointment that was made instead, when a new time was chosen already."""
    of_whom = (
        Appointment.person_id == appointment.person_id
        if appointment.person_id is not None
        else Appointment.conversation_id == appointment.conversation_id
    )
    query = select(Appointment.id).where(
        Appointment.municipality_id == appointment.municipality_id,
        of_whom,
        Appointment.programme == appointment.programme,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.begins_at > now,
    )
    return session.scalar(query.order_by(Appointment.begins_at).limit(1))


def _close_task(session: Session, appointment: Appointment, account: Account, now: datetime) -> None:
    session.execute(
        update(StaffTask)
        .where(
            StaffTask.municipality_id == appointment.municipality_id,
            StaffTask.appointment_id == appointment.id,
            StaffTask.kind == TaskKind.OUTCOME_MISSING,
            StaffTask.done_at.is_(None),
        )
        .values(done_at=now, done_by=account.id)
        .execution_options(synchronize_session="fetch")
    )
