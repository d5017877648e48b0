"""What is taken: the times that appointments and holds block, of caseworkers, of rooms and of the person himself."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Municipality, Person
from db.models.appointment import TAKES_TIME


class Busy:
    """Times at which something is going on, found by their day: there are many, and few a day."""

    def __init__(self) -> None:
        self._by_day: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)

    def add(self, begins_at: datetime, ends_at: datetime) -> None:
        for day in _days(begins_at, ends_at):
            self._by_day[day].append((begins_at, ends_at))

    def free(self, since: datetime, until: datetime) -> bool:
        """Whether nothing of it touches this time."""
        that_day = (span for day in _days(since, until) for span in self._by_day.get(day, ()))
        return all(until <= begins_at or since >= ends_at for begins_at, ends_at in that_day)


@dataclass(frozen=True)
class Taken:
    """The blocked times by caseworker and by room, and when the person has to be somewhere."""

    accounts: dict[int, Busy] = field(default_factory=lambda: defaultdict(Busy))
    rooms: dict[int, Busy] = field(default_factory=lambda: defaultdict(Busy))
    person: Busy = field(default_factory=Busy)


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
            taken.accounts[account_id].add(blocked_from, blocked_until)
        if room_id is not None:
            taken.rooms[room_id].add(blocked_from, blocked_until)
        if person is not None and person_id == person.id:
            taken.person.add(begins_at, ends_at)
    return taken


def _days(since: datetime, until: datetime) -> range:
    """As numbers. All moments here are in UTC."""
    return range(since.toordinal(), until.toordinal() + 1)
