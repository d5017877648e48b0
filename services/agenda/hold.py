"""Keep a time free for five minutes while somebody makes up his mind."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Municipality
from services.agenda.locks import let_go, lock_for
from services.agenda.slot import Slot, Wanted
from services.agenda.take import find_or_taken, must_be_in_time, new_appointment, or_taken, put_at

HOLD_FOR = timedelta(minutes=5)
AT_ONCE = 200


def hold_slot(
    session: Session, town: Municipality, wanted: Wanted, slot: Slot, conversation: Conversation | None, now: datetime
) -> Appointment:
    """A chat holds one time: what it held before is free again.

    Also for moving one: how many somebody has is looked at when he books. Raises SlotTaken, TooSoon or TooFar.
    """
    must_be_in_time(wanted, slot, now)
    lock_for(session, town, wanted.person, slot, now, wanted.span(slot.begins_at))
    before = holds_of(session, conversation) if conversation is not None else []
    found = find_or_taken(session, town, wanted, slot, now, before)
    with or_taken(session):
        let_go(session, before, now)
        hold = new_appointment(town, wanted, conversation, now)
        put_at(hold, wanted, found)
        hold.state, hold.held_until = AppointmentState.HELD, now + HOLD_FOR
        session.add(hold)
    return hold


def release_hold(session: Session, hold: Appointment, now: datetime) -> None:
    """Whoever held it does not want it. What became of it meanwhile stays."""
    query = select(Appointment.id).where(
        Appointment.municipality_id == hold.municipality_id,
        Appointment.id == hold.id,
        Appointment.state == AppointmentState.HELD,
    )
    let_go(session, list(session.scalars(query.with_for_update())), now)


def release_lapsed_holds(session: Session, now: datetime) -> int:
    """Put on record what lapsed by itself; until then nothing waits for it. The clock's, of everybody."""
    query = (
        select(Appointment.id)
        .where(Appointment.state == AppointmentState.HELD, Appointment.held_until <= now)
        .order_by(Appointment.id)
        .limit(AT_ONCE)
    )
    return let_go(session, list(session.scalars(query.with_for_update(skip_locked=True))), now)


def holds_of(session: Session, conversation: Conversation) -> list[int]:
    """What this chat holds. One that somebody else is just clearing away is passed over."""
    query = select(Appointment.id).where(
        Appointment.municipality_id == conversation.municipality_id,
        Appointment.conversation_id == conversation.id,
        Appointment.state == AppointmentState.HELD,
    )
    return list(session.scalars(query.with_for_update(skip_locked=True)))
