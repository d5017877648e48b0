"""Book a conversation: the time, its reminders and the invitation that it answers, in one transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Municipality, Person, TaskKind
from services.agenda.hold import holds_of
from services.agenda.invited import invitation_answered
from services.agenda.locks import let_go, lock_chats, lock_for
from services.agenda.mine import appointment_of, appointments_of
from services.agenda.reminders import plan_reminders, tell_of
from services.agenda.slot import Slot, Wanted
from services.agenda.take import find_or_taken, must_be_in_time, must_have_few, new_appointment, or_taken, put_at
from services.errors import NotYourAppointment
from services.masking import mask
from services.staff_tasks import add_task
from services.tidy import tidy

__all__ = ["appointment_of", "appointments_of", "book"]


def book(
    session: Session,
    town: Municipality,
    wanted: Wanted,
    slot: Slot,
    now: datetime,
    conversation: Conversation | None = None,
    needs: Mapping[str, str] | None = None,
    hold: Appointment | None = None,
) -> Appointment:
    """Without a conversation the staff does it: then the resident is told. A hold that lapsed is none: whoever is late
    has the time if it is still free.

    Raises SlotTaken, TooSoon, TooFar, TooManyAppointments, or NotYourAppointment for a hold of somebody else.
    """
    _must_be_his(hold, conversation)
    must_be_in_time(wanted, slot, now)
    if conversation is None and wanted.person is not None:
        lock_chats(session, town.id, wanted.person.id, None)
    lock_for(session, town, wanted.person, slot, now, wanted.span(slot.begins_at))
    held = holds_of(session, conversation) if conversation is not None else []
    if conversation is not None:
        must_have_few(session, town, wanted.person, conversation, now)
    found = find_or_taken(session, town, wanted, slot, now, held)
    with or_taken(session):
        let_go(session, [one for one in held if hold is None or one != hold.id], now)
        made = hold if hold is not None and hold.id in held else new_appointment(town, wanted, conversation, now)
        made.state, made.held_until, made.changed_at = AppointmentState.BOOKED, None, now
        made.needs = _needs(wanted.person, needs)
        put_at(made, wanted, found)
        session.add(made)
    invitation_answered(session, made)
    plan_reminders(session, wanted.programme, made, wanted.person, conversation, now)
    if wanted.person is None:
        _tell_team(session, made, now)
    if conversation is None:
        tell_of(session, made, wanted.person, None, now)
    return made


def _must_be_his(hold: Appointment | None, conversation: Conversation | None) -> None:
    if hold is not None and (conversation is None or hold.conversation_id != conversation.id):
        raise NotYourAppointment


def _tell_team(session: Session, made: Appointment, now: datetime) -> None:
    """Nobody knows yet who comes: somebody has to look it up before."""
    add_task(
        session, made.municipality_id, TaskKind.ASKED_FIRST_TALK, f"asked_first_talk:{made.id}", now,
        conversation_id=made.conversation_id, appointment_id=made.id,
    )  # fmt: skip


def _needs(person: Person | None, told: Mapping[str, str] | None) -> dict[str, str]:
    """What is known of the person, and what was told for this time; masked."""
    known = {"interpreter": person.interpreter, "access": person.access_needs} if person is not None else {}
    needs = {name: text for name, text in known.items() if text} | dict(told or {})
    return {name: mask(tidy(text)).text for name, text in needs.items() if text}
