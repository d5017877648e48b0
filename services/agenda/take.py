"""Give an appointment its time, when that is free, and nobody else at once."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Municipality, Person
from services.agenda.mine import of_resident
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import find_slot, first_moment, last_moment
from services.errors import SlotTaken, TooFar, TooManyAppointments, TooSoon

MOST_OPEN = 3
"""Appointments to come of one person."""
MOST_OPEN_UNLINKED = 1
"""Of somebody of whom we do not know who it is."""


def must_be_in_time(wanted: Wanted, slot: Slot, now: datetime) -> None:
    """Raises TooSoon or TooFar."""
    if slot.begins_at < first_moment(wanted.programme, now):
        raise TooSoon
    if slot.begins_at >= last_moment(wanted.programme, now):
        raise TooFar


def must_have_few(
    session: Session, town: Municipality, person: Person | None, conversation: Conversation, now: datetime
) -> None:
    """Raises TooManyAppointments."""
    person_id = person.id if person is not None else None
    query = (
        select(func.count())
        .select_from(Appointment)
        .where(
            of_resident(town.id, person_id, None if person is not None else conversation.id),
            Appointment.state == AppointmentState.BOOKED,
            Appointment.ends_at > now,
        )
    )
    if session.scalars(query).one() >= (MOST_OPEN if person is not None else MOST_OPEN_UNLINKED):
        raise TooManyAppointments


def find_or_taken(
    session: Session, town: Municipality, wanted: Wanted, slot: Slot, now: datetime, besides: Collection[int] = ()
) -> Slot:
    """The time as it is free now. Raises SlotTaken. The caller holds its locks."""
    found = find_slot(session, town, wanted, slot, now, besides)
    if found is None:
        raise SlotTaken
    return found


def new_appointment(
    town: Municipality, wanted: Wanted, conversation: Conversation | None, now: datetime
) -> Appointment:
    """Without a time or a state yet."""
    return Appointment(
        municipality_id=town.id,
        public_id=secrets.token_hex(16),
        person_id=wanted.person.id if wanted.person else None,
        conversation_id=conversation.id if conversation else None,
        programme=wanted.programme.key,
        needs={},
        created_at=now,
        changed_at=now,
    )


def put_at(appointment: Appointment, wanted: Wanted, slot: Slot) -> None:
    """A seat in a session takes the time of nobody but who sits in it."""
    alone = slot.session_id is None
    appointment.account_id = slot.account_id if alone else None
    appointment.room_id = slot.room_id if alone else None
    appointment.location_id, appointment.channel = slot.location_id, slot.channel
    appointment.session_id = slot.session_id
    appointment.begins_at, appointment.ends_at = slot.begins_at, slot.ends_at
    appointment.blocked_from, appointment.blocked_until = wanted.span(slot.begins_at)


@contextmanager
def or_taken(session: Session) -> Iterator[None]:
    """What is written within is written whole, or not at all: then raises SlotTaken, and the transaction goes on."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise SlotTaken from error
