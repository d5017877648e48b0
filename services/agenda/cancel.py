"""Cancel a conversation: nobody is reminded of it any more, and its time is free."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Person
from services.agenda.invited import invitation_open_again
from services.agenda.locks import lock_all_chats, lock_seen
from services.agenda.mine import seats_taken
from services.agenda.move import STAFF
from services.agenda.reminders import forget_reminders, tell_of
from services.errors import NotInThePast
from services.masking import mask
from services.tidy import tidy


def cancel(
    session: Session, appointment: Appointment, version: int, now: datetime, by: str, reason: str | None = None
) -> None:
    """Of a group session, also for everybody who would come. The staff's is told to the resident.

    Raises NotInThePast, or ChangedMeanwhile when `version` is no longer the newest.
    """
    if by == STAFF:
        whose = [appointment, *seats_taken(session, appointment)]
        people, chats = [one.person_id for one in whose], [one.conversation_id for one in whose]
        lock_all_chats(session, appointment.municipality_id, people, chats)
    held = lock_seen(session, appointment, version)
    if held.begins_at <= now:
        raise NotInThePast
    held.state, held.cancelled_by, held.changed_at = AppointmentState.CANCELLED, by, now
    held.reason = mask(tidy(reason)).text if reason else None
    session.flush()
    invitation_open_again(session, held)
    forget_reminders(session, held, now)
    if by == STAFF:
        _tell(session, held, now)
    for seat in seats_taken(session, held):
        cancel(session, seat, seat.version, now, by, reason)


def _tell(session: Session, held: Appointment, now: datetime) -> None:
    person = session.get(Person, held.person_id) if held.person_id is not None else None
    conversation = session.get(Conversation, held.conversation_id) if held.conversation_id is not None else None
    tell_of(session, held, person, conversation, now)
