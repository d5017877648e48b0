"""What is taken: the times that appointments and holds block, of caseworkers, of rooms and of the person himself."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Municipality, Person
from db.models.appointment import TAKES_TIME

type Spans = list[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Taken:
    """The blocked times by caseworker and by room, and when the person has to be somewhere."""

    accounts: dict[int, Spans] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[int, Spans] = field(default_factory=lambda: defaultdict(list))
    person: Spans = field(default_factory=list)


def takes_time(now: datetime) -> ColumnElement[bool]:
    """Nobody else can have its time: it is booked, or held and not yet lapsed."""
    held = and_(Appointment.state == AppointmentState.HELD, Appointment.held_until > now)
    return and_(Appointment.state.in_(TAKES_TIME), or_(Appointment.state == AppointmentState.BOOKED, held))


def read_taken(
    session: Session,
    town: Municipality,
    person: Person | None,
    since: datetime,
    until: datetime,
    now: datetime,
    besides: Collection[int] = (),
) -> Taken:
    """All that touches this time. `besides`: appointments that make way for what is looked for."""
    query = select(
        Appointment.account_id,
        Appointment.room_id,
        Appointment.person_id,
        Appointment.blocked_from,
        Appointment.blocked_until,
        Appointment.begins_at,
        Appointment.ends_at,
    ).where(
        Appointment.municipality_id == town.id,
        takes_time(now),
        Appointment.blocked_from < until,
        Appointment.blocked_until > since,
        Appointment.id.not_in(list(besides)),
    )
    taken = Taken()
    for account_id, room_id, person_id, blocked_from, blocked_until, begins_at, ends_at in session.execute(query):
        if account_id is not None:
            taken.accounts[account_id].append((blocked_from, blocked_until))
        if room_id is not None:
            taken.rooms[room_id].append((blocked_from, blocked_until))
        if person is not None and person_id == person.id:
            taken.person.append((begins_at, ends_at))
    return taken


def free(spans: Spans, since: datetime, until: datetime) -> bool:
    return all(until <= begins or since >= ends for begins, ends in spans)
