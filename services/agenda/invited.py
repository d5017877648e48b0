"""What an appointment does to the invitation that it answers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, Invitation, InvitationState
from db.models.invitation import OPEN_INVITATIONS


def invitation_answered(session: Session, appointment: Appointment) -> None:
    """The person chose a time: the invitation that waits longest for it is answered."""
    if appointment.person_id is None:
        return
    query = select(Invitation).where(
        Invitation.municipality_id == appointment.municipality_id,
        Invitation.person_id == appointment.person_id,
        Invitation.programme == appointment.programme,
        Invitation.state.in_(set(OPEN_INVITATIONS) - {InvitationState.BOOKED}),
    )
    invitation = session.scalars(query.order_by(Invitation.due_on).limit(1).with_for_update()).first()
    if invitation is not None:
        invitation.state, invitation.appointment_id = InvitationState.BOOKED, appointment.id


def invitation_goes_along(session: Session, old: Appointment, new: Appointment) -> None:
    for invitation in _of(session, old):
        invitation.appointment_id = new.id


def invitation_open_again(session: Session, appointment: Appointment) -> None:
    """It was cancelled: from then on there is as much time to choose again as after an invitation."""
    for invitation in _of(session, appointment):
        invitation.state, invitation.appointment_id = InvitationState.INVITED, None
        invitation.invited_at, invitation.reminded_at = appointment.changed_at, None


def _of(session: Session, appointment: Appointment) -> list[Invitation]:
    query = select(Invitation).where(
        Invitation.municipality_id == appointment.municipality_id,
        Invitation.appointment_id == appointment.id,
        Invitation.state == InvitationState.BOOKED,
    )
    return list(session.scalars(query.with_for_update()))
