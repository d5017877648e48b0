"""Group sessions: one appointment of whoever leads it, with so many seats; who takes part has a row of his own."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import Account, Appointment, AppointmentState, MeetingChannel, Municipality
from services.agenda.locks import lock_for
from services.agenda.places import Places
from services.agenda.programmes import Programme
from services.agenda.slot import Slot, Wanted
from services.agenda.taken import Taken, read_taken, takes_time
from services.errors import NotInThePast, SlotTaken


def seats_left(
    session: Session, town: Municipality, wanted: Wanted, places: Places, taken: Taken, since: datetime,
    until: datetime, now: datetime, besides: Collection[int] = (),
) -> list[Slot]:  # fmt: skip
    """The coming sessions of this programme that have a seat, at times at which this person can be there."""
    members = (
        select(Appointment.session_id, func.count().label("number"))
        .where(Appointment.municipality_id == town.id, Appointment.session_id.is_not(None), takes_time(now))
        .where(Appointment.id.not_in(list(besides)))
        .group_by(Appointment.session_id)
        .subquery()
    )
    query = (
        select(Appointment)
        .outerjoin(members, members.c.session_id == Appointment.id)
        .where(
            Appointment.municipality_id == town.id,
            Appointment.programme == wanted.programme.key,
            Appointment.state == AppointmentState.BOOKED,
            Appointment.begins_at >= since,
            Appointment.begins_at < until,
            Appointment.seats > func.coalesce(members.c.number, 0),
        )
    )
    slots = [_seat(one) for one in session.scalars(query.order_by(Appointment.begins_at, Appointment.id))]
    return [slot for slot in slots if slot is not None and _suits(slot, wanted, places, taken)]


def open_session(
    session: Session, town: Municipality, programme: Programme, account: Account, begins_at: datetime,
    channel: MeetingChannel, location_id: int | None, room_id: int | None, seats: int, now: datetime,
) -> Appointment:  # fmt: skip
    """Hold a group session then and there. The staff chooses the time, also outside of hours; nobody has it twice.

    Raises NotInThePast, or SlotTaken: also for a place that is not this municipality's.
    """
    if begins_at <= now:
        raise NotInThePast
    if account.municipality_id != town.id or not Places(session, town, False).offers(location_id, room_id):
        raise SlotTaken
    wanted, begins_at = Wanted(programme, None, channel), begins_at.astimezone(UTC)
    slot = Slot(begins_at, begins_at + wanted.length, account.id, location_id, room_id, channel)
    lock_for(session, town, None, slot, now, wanted.span(begins_at))
    since, until = wanted.span(begins_at)
    taken = read_taken(session, town, None, since, until, now)
    if not taken.accounts[account.id].free(since, until) or (room_id and not taken.rooms[room_id].free(since, until)):
        raise SlotTaken
    made = Appointment(
        municipality_id=town.id, public_id=secrets.token_urlsafe(18), programme=programme.key, account_id=account.id,
        location_id=location_id, room_id=room_id, seats=seats, channel=channel, begins_at=begins_at,
        ends_at=slot.ends_at, blocked_from=since, blocked_until=until, state=AppointmentState.BOOKED, needs={},
        created_at=now, changed_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise SlotTaken from error
    return made


def _seat(one: Appointment) -> Slot | None:
    if one.account_id is None:
        return None
    return Slot(one.begins_at, one.ends_at, one.account_id, one.location_id, one.room_id, one.channel, one.id)


def _suits(slot: Slot, wanted: Wanted, places: Places, taken: Taken) -> bool:
    asked = wanted.channel in (None, slot.channel)
    led = wanted.account_ids is None or slot.account_id in wanted.account_ids
    open_ = slot.location_id is None or places.fits(slot.location_id)
    return asked and led and open_ and taken.person.free(slot.begins_at, slot.ends_at)
