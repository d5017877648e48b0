"""The agenda as the staff see it: a day of a colleague as stretches of appointments, of time off, and of free time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Appointment,
    AppointmentState,
    Location,
    Municipality,
    Person,
    Room,
    TimeOff,
    TimeOffKind,
)
from services.agenda.hours import stretches
from services.agenda.taken import takes_time
from services.calendar import AMSTERDAM
from services.errors import NotYourAppointment
from services.office_hours import closed_on

SHORTEST = timedelta(minutes=15)
"""Free time that is shorter is no time for anything."""


class BlockKind(StrEnum):
    APPOINTMENT = "appointment"
    OFF = "off"
    FREE = "free"


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    begins_at: datetime
    ends_at: datetime
    appointment: Appointment | None = None
    client_number: str | None = None
    place: str | None = None
    members: int = 0
    """Of a group session: how many take part."""
    off: TimeOffKind | None = None
    whole_day: bool = False

    @property
    def hours(self) -> int:
        """Begun hours, at most four: how high it is drawn."""
        return max(1, min(4, -((self.begins_at - self.ends_at) // timedelta(hours=1))))


@dataclass(frozen=True)
class AgendaDay:
    day: date
    account: Account
    closed: bool
    """A public holiday, or a day on which the municipality is closed."""
    blocks: list[Block] = field(default_factory=list)

    @property
    def booked(self) -> int:
        return sum(block.kind is BlockKind.APPOINTMENT for block in self.blocks)

    @property
    def free(self) -> timedelta:
        return sum((b.ends_at - b.begins_at for b in self.blocks if b.kind is BlockKind.FREE), timedelta())

    @property
    def off(self) -> bool:
        return any(block.kind is BlockKind.OFF for block in self.blocks)


def read_agenda(
    session: Session, town: Municipality, accounts: Sequence[Account], days: Sequence[date], now: datetime
) -> list[AgendaDay]:
    """Every one of these days of every one of these colleagues: day by day, the colleagues in their order."""
    since, until = _midnight(days[0]), _midnight(days[-1] + timedelta(days=1))
    ids = [account.id for account in accounts]
    of_account: dict[int, list[Block]] = defaultdict(list)
    taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one, block in _appointments(session, town, ids, since, until, now):
        of_account[one.account_id or 0].append(block)
        taken[one.account_id or 0].append((one.blocked_from, one.blocked_until))
    for off in _time_off(session, town, ids, since, until):
        of_account[off.account_id] += _by_day(off, days)
    for stretch in stretches(session, town, ids, max(since, now), until):
        gaps = _gaps(max(stretch.begins_at, now), stretch.ends_at, sorted(taken[stretch.account_id]))
        of_account[stretch.account_id] += [Block(BlockKind.FREE, begins, ends) for begins, ends in gaps]
    return [
        AgendaDay(day, account, closed_on(town, day), _of_day(of_account[account.id], day))
        for day in days
        for account in accounts
    ]


def get_appointment(session: Session, municipality_id: int, appointment_id: int) -> Appointment:
    """Whatever became of it. Raises NotYourAppointment, also for one of another municipality."""
    found = session.get(Appointment, appointment_id)
    if found is None or found.municipality_id != municipality_id or found.state is AppointmentState.LAPSED:
        raise NotYourAppointment
    return found


def place_of(session: Session, appointment: Appointment) -> str | None:
    """`Stadhuis, kamer 3`; None when nobody has to be anywhere."""
    location = session.get(Location, appointment.location_id) if appointment.location_id is not None else None
    room = session.get(Room, appointment.room_id) if appointment.room_id is not None else None
    return ", ".join(one.name for one in (location, room) if one is not None) or None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)


def _of_day(blocks: Sequence[Block], day: date) -> list[Block]:
    since, until = _midnight(day), _midnight(day + timedelta(days=1))
    found = [block for block in blocks if since <= block.begins_at < until]
    return sorted(found, key=lambda block: (not block.whole_day, block.begins_at, block.ends_at))


def _appointments(
    session: Session, town: Municipality, ids: Sequence[int], since: datetime, until: datetime, now: datetime
) -> Iterator[tuple[Appointment, Block]]:
    """What is booked or being chosen, with whom and where."""
    query = (
        select(Appointment, Person.client_number, Location.name, Room.name)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .outerjoin(Location, Location.id == Appointment.location_id)
        .outerjoin(Room, Room.id == Appointment.room_id)
        .where(
            Appointment.municipality_id == town.id,
            Appointment.account_id.in_(ids),
            Appointment.begins_at < until,
            Appointment.ends_at > since,
            takes_time(now),
        )
    )
    rows = session.execute(query).all()
    members = _members(session, town, [one.id for one, *_ in rows if one.seats])
    for one, number, location, room in rows:
        place = ", ".join(name for name in (location, room) if name) or None
        kind = BlockKind.APPOINTMENT
        yield one, Block(kind, one.begins_at, one.ends_at, one, number, place, members.get(one.id, 0))


def _members(session: Session, town: Municipality, sessions: Sequence[int]) -> Counter[int]:
    query = select(Appointment.session_id, func.count()).where(
        Appointment.municipality_id == town.id,
        Appointment.session_id.in_(sessions),
        Appointment.state == AppointmentState.BOOKED,
    )
    rows = session.execute(query.group_by(Appointment.session_id)).all() if sessions else []
    return Counter({number: count for number, count in rows if number is not None})


def _time_off(
    session: Session, town: Municipality, ids: Sequence[int], since: datetime, until: datetime
) -> Sequence[TimeOff]:
    """Not what comes on top: that shows as free time."""
    query = select(TimeOff).where(
        TimeOff.municipality_id == town.id,
        TimeOff.account_id.in_(ids),
        TimeOff.begins_at < until,
        TimeOff.ends_at > since,
        or_(TimeOff.kind == TimeOffKind.LEAVE, TimeOff.kind == TimeOffKind.BUSY),
    )
    return session.scalars(query.order_by(TimeOff.begins_at, TimeOff.id)).all()


def _by_day(off: TimeOff, days: Sequence[date]) -> Iterator[Block]:
    """What lasts for days stands on each of them."""
    for day in days:
        since, until = _midnight(day), _midnight(day + timedelta(days=1))
        begins, ends = max(off.begins_at, since), min(off.ends_at, until)
        if begins < ends:
            yield Block(BlockKind.OFF, begins, ends, off=off.kind, whole_day=(begins, ends) == (since, until))


def _gaps(
    since: datetime, until: datetime, taken: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a stretch of hours between the appointments, with the time that stays free around them."""
    for begins, ends in (*taken, (until, until)):
        end = min(begins, until)
        if end - since >= SHORTEST:
            yield since, end
        since = max(since, ends)
