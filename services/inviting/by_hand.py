"""What a caseworker does about invitations himself: one is not needed, or is after all, or the talk was held before."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Appointment, AppointmentState, Invitation, InvitationState, Municipality, Person
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.locks import lock_chats
from services.agenda.programmes import fits, programmes_of
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
from services.inviting.due import next_due, note_held
from services.inviting.invite import withdraw

CAN_BE_CALLED_OFF = (
    InvitationState.DUE,
    InvitationState.INVITED,
    InvitationState.REMINDED,
    InvitationState.HANDED,
)
"""What is booked is an appointment: that one is cancelled."""


def call_off_invitation(session: Session, account: Account, invitation_id: int, now: datetime) -> Invitation:
    """Nobody is invited or reminded to this conversation any more, until one was held. The resident is not told.

    Raises UnknownInvitation, or ChangedMeanwhile when a time was chosen or the conversation took place.
    """
    held = _hold(session, account, invitation_id)
    if held.state is InvitationState.WITHDRAWN:
        return held
    if held.state not in CAN_BE_CALLED_OFF:
        raise ChangedMeanwhile
    withdraw(session, held, now, account.id)
    session.flush()
    return held


def invite_after_all(session: Session, account: Account, invitation_id: int, now: datetime) -> Invitation:
    """It was called off, and is needed after all: the person is invited as if for the first time.

    Raises UnknownInvitation, UnknownProgramme when it is not meant for him (any more), ChangedMeanwhile when there is
    another one by now, or CountedAnew when a conversation was held since.
    """
    held = _hold(session, account, invitation_id)
    if held.state is InvitationState.DUE:
        return held
    person, town = session.get_one(Person, held.person_id), session.get_one(Municipality, held.municipality_id)
    programme = programmes_of(town).get(held.programme)
    if programme is None or not fits(programme, person, day_here(now)):
        raise UnknownProgramme
    if held.state is not InvitationState.WITHDRAWN or _another_is_open(session, held):
        raise ChangedMeanwhile
    if next_due(session, person, programme) not in (held.due_on, None):
        raise CountedAnew
    held.state, held.appointment_id = InvitationState.DUE, None
    held.invited_at, held.reminded_at, held.handed_at = None, None, None
    session.flush()
    return held


def note_held_by_hand(
    session: Session, account: Account, person: Person, programme: str, on: date, now: datetime
) -> Invitation:
    """A conversation took place without standing in the agenda: the next one is counted from that day.

    Raises UnknownPerson for a case that is closed, UnknownProgramme, StillToCome, or InAgenda when it stands there.
    """
    if person.municipality_id != account.municipality_id or person.closed_at is not None:
        raise UnknownPerson
    if programme not in programmes_of(session.get_one(Municipality, person.municipality_id)):
        raise UnknownProgramme
    if on > day_here(now):
        raise StillToCome
    lock_chats(session, person.municipality_id, person.id, None)
    # Who has no chat is held as well: two presses at once note one conversation.
    session.refresh(person, with_for_update={"key_share": True})
    if _in_agenda(session, person, programme, on):
        raise InAgenda
    return note_held(session, person, programme, on, now, account.id)


def _hold(session: Session, account: Account, invitation_id: int) -> Invitation:
    """First the chats in which it is said, as everywhere."""
    query = select(Invitation).where(
        Invitation.municipality_id == account.municipality_id, Invitation.id == invitation_id
    )
    found = session.scalar(query)
    if found is None:
        raise UnknownInvitation
    lock_chats(session, account.municipality_id, found.person_id, None)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def _another_is_open(session: Session, invitation: Invitation) -> bool:
    query = select(Invitation.id).where(
        Invitation.municipality_id == invitation.municipality_id,
        Invitation.person_id == invitation.person_id,
        Invitation.programme == invitation.programme,
        Invitation.state.in_(OPEN_INVITATIONS),
    )
    return session.scalar(query.limit(1)) is not None


def _in_agenda(session: Session, person: Person, programme: str, on: date) -> bool:
    query = select(Appointment.begins_at).where(
        Appointment.municipality_id == person.municipality_id,
        Appointment.person_id == person.id,
        Appointment.programme == programme,
        Appointment.state == AppointmentState.BOOKED,
    )
    return any(day_here(begins_at) == on for begins_at in session.scalars(query))
