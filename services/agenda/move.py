"""Move a conversation. The old time is kept until the new one is taken: both in one transaction, or neither."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Municipality, Person
from services.agenda.hold import holds_of
from services.agenda.invited import invitation_goes_along
from services.agenda.locks import let_go, lock_chats, lock_for, lock_seen
from services.agenda.programmes import programmes_of
from services.agenda.reminders import forget_reminders, plan_reminders, tell_of
from services.agenda.slot import Slot, Wanted
from services.agenda.take import find_or_taken, must_be_in_time, new_appointment, or_taken, put_at
from services.errors import GroupStays, NotInThePast, UnknownProgramme
from services.masking import mask
from services.tidy import tidy

STAFF = "staff"
RESIDENT = "resident"


def wanted_again(session: Session, town: Municipality, appointment: Appointment, by: str) -> Wanted:
    """What to look for when it is moved. Staff may move it to any time, however near. Raises UnknownProgramme,
    or GroupStays: who takes part chose that time.
    """
    if appointment.seats is not None:
        raise GroupStays
    programme = programmes_of(town).get(appointment.programme)
    if programme is None:
        raise UnknownProgramme
    if by == STAFF:
        programme = replace(programme, notice_hours=0)
    person = session.get(Person, appointment.person_id) if appointment.person_id is not None else None
    return Wanted(programme, person, None, access=bool(appointment.needs.get("access")))


def move(
    session: Session,
    town: Municipality,
    appointment: Appointment,
    version: int,
    slot: Slot,
    now: datetime,
    by: str,
    reason: str | None = None,
) -> Appointment:
    """A new appointment that names the old one; its reminders and its invitation go along.

    Raises SlotTaken, TooSoon, TooFar, NotInThePast, UnknownProgramme, GroupStays, or ChangedMeanwhile when `version`
    is not the newest any more.
    """
    wanted = wanted_again(session, town, appointment, by)
    must_be_in_time(wanted, slot, now)
    if by == STAFF:
        lock_chats(session, town.id, appointment.person_id, appointment.conversation_id)
    lock_for(session, town, wanted.person, slot, now, wanted.span(slot.begins_at))
    old = lock_seen(session, appointment, version)
    if old.begins_at <= now:
        raise NotInThePast
    conversation = session.get(Conversation, old.conversation_id) if old.conversation_id is not None else None
    held = holds_of(session, conversation) if conversation is not None and by == RESIDENT else []
    found = find_or_taken(session, town, wanted, slot, now, [old.id, *held])
    with or_taken(session):
        let_go(session, held, now)
        _end(old, by, reason, now)
        session.flush()
        new = new_appointment(town, wanted, conversation, now)
        new.state, new.moved_from, new.needs = AppointmentState.BOOKED, old.id, dict(old.needs)
        put_at(new, wanted, found)
        session.add(new)
    invitation_goes_along(session, old, new)
    forget_reminders(session, old, now)
    plan_reminders(session, wanted.programme, new, wanted.person, conversation, now)
    if by == STAFF:
        tell_of(session, new, wanted.person, conversation, now)
    return new


def _end(old: Appointment, by: str, reason: str | None, now: datetime) -> None:
    old.state, old.cancelled_by, old.changed_at = AppointmentState.MOVED, by, now
    old.reason = mask(tidy(reason)).text if reason else None
