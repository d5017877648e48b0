"""Many residents at once: so many threads in several processes that all do a deed at the same moment.

Used by a test, and by `benchmarks/booking_races.py` for many runs.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain, zip_longest
from threading import Barrier

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Appointment, AppointmentState, Conversation, Municipality, Person
from db.models.appointment import TAKES_TIME
from db.session import Database
from services.agenda.book import book
from services.agenda.cancel import cancel
from services.agenda.move import RESIDENT, STAFF, move
from services.agenda.slot import Slot
from services.agenda.slots import free_slots
from services.errors import ServiceError
from tests.agenda import (
    NEXT_TUESDAY,
    build_caseworker,
    build_chat,
    build_hours,
    build_location,
    build_person,
    build_town,
    here,
    wants,
)
from tests.builders import NOW

CASEWORKERS = 10
BEGINS_AFTER = 0.7
"""Seconds in which all threads get ready."""
DONE = "done"


@dataclass(frozen=True)
class Try:
    """What one resident tries: with a slot to book or to move to, and the appointment as he saw it."""

    deed: str
    town_id: int
    person_id: int
    chat_id: int
    slot: Slot | None = None
    appointment_id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Stage:
    """A municipality of ten caseworkers with ten rooms and a working day, and so many residents."""

    town_id: int
    people: tuple[tuple[int, int], ...]
    """A person and his chat."""
    slots: tuple[Slot, ...]


def build_stage(session: Session, slug: str, residents: int) -> Stage:
    town = build_town(session, slug=slug)
    place = build_location(session, town, rooms=CASEWORKERS)
    team = [build_caseworker(session, town, f"c{number}") for number in range(CASEWORKERS)]
    for account in team:
        build_hours(session, account, ends="17:00", location_id=place.id)
    persons = [build_person(session, town, team[n % CASEWORKERS], f"K-{n}") for n in range(residents)]
    people = [(person.id, build_chat(session, town, person, f"{slug}-{person.id}").id) for person in persons]
    wanted = wants(town, persons[0], account_ids=tuple(account.id for account in team))
    until = here(NEXT_TUESDAY, "00:00") + timedelta(days=1)
    return Stage(town.id, tuple(people), tuple(free_slots(session, town, wanted, NOW, until, NOW)[-16 * CASEWORKERS :]))


def all_for_one(stage: Stage) -> list[Try]:
    return [Try("book", stage.town_id, *who, slot=stage.slots[0]) for who in stage.people]


def crossing(session: Session, stage: Stage, chance: random.Random) -> list[Try]:
    """Everybody has an appointment; each is moved to a time that may be another's, and cancelled, at once."""
    town = session.get_one(Municipality, stage.town_id)
    tries = []
    for (person_id, chat_id), slot in zip(stage.people, chance.sample(stage.slots, len(stage.people)), strict=True):
        person, chat = session.get_one(Person, person_id), session.get_one(Conversation, chat_id)
        made = book(session, town, wants(town, person), slot, NOW, chat)
        to = chance.choice(stage.slots)
        tries += [Try(deed, town.id, person_id, chat_id, to, made.id, made.version) for deed in ("move", "cancel")]
    return tries


def double_bookings(session: Session) -> int:
    """Pairs of appointments of one caseworker, in one room or of one person, that take the same time."""
    one, other = aliased(Appointment), aliased(Appointment)
    same = or_(
        one.account_id == other.account_id, one.room_id == other.room_id, one.person_id == other.person_id
    )  # null equals nothing
    overlap = and_(one.blocked_from < other.blocked_until, other.blocked_from < one.blocked_until)
    live = and_(one.state.in_(TAKES_TIME), other.state.in_(TAKES_TIME))
    query = select(func.count()).select_from(one).join(other, and_(one.id < other.id, same, overlap, live))
    return session.scalars(query).one()


def lost_or_doubled(session: Session, tries: Sequence[Try]) -> int:
    """Appointments that after all that are neither kept, nor cancelled, nor moved to exactly one other."""
    wrong = 0
    for appointment_id in {one.appointment_id for one in tries}:
        old = session.get_one(Appointment, appointment_id, populate_existing=True)
        heirs = session.scalars(select(Appointment).where(Appointment.moved_from == old.id)).all()
        expected = 1 if old.state is AppointmentState.MOVED else 0
        wrong += len(heirs) != expected or old.state not in (
            AppointmentState.BOOKED, AppointmentState.MOVED, AppointmentState.CANCELLED,
        )  # fmt: skip
    return wrong


class Crowd:
    """Processes that stay for many rushes; each has its own connections, as workers on several machines have."""

    def __init__(self, address: str, processes: int) -> None:
        self._address, self._processes = address, processes
        self._pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
        list(self._pool.map(_warm, [address] * processes))

    def rush(self, tries: Sequence[Try]) -> Counter[tuple[str, str]]:
        """How often each deed ended how. Neighbours in the list go to different processes."""
        begin = time.time() + BEGINS_AFTER
        parts = [list(tries[number :: self._processes]) for number in range(self._processes)]
        ends = self._pool.map(partial(_rush, self._address, begin), parts)
        told = [one for one in chain.from_iterable(zip_longest(*ends)) if one is not None]
        return Counter(told)

    def close(self) -> None:
        self._pool.shutdown()


@contextmanager
def crowd(address: str, processes: int = 2) -> Iterator[Crowd]:
    opened = Crowd(address, processes)
    try:
        yield opened
    finally:
        opened.close()


_databases: dict[str, Database] = {}


def _warm(address: str) -> None:
    if address not in _databases:
        _databases[address] = Database(address)
        time.sleep(1)  # so that each process gets one of these


def _rush(address: str, begin: float, tries: Sequence[Try]) -> list[tuple[str, str]]:
    _warm(address)
    gate = Barrier(len(tries))

    def at_once(one: Try) -> tuple[str, str]:
        gate.wait()
        time.sleep(max(begin - time.time(), 0))
        return one.deed, _outcome(_databases[address], one)

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(at_once, tries))


def _outcome(database: Database, one: Try) -> str:
    """`done`, or the name of what was in the way."""
    try:
        with database.writing() as session:
            _do(session, one)
    except ServiceError as refused:
        return type(refused).__name__
    except Exception as error:  # it is counted, and none is expected
        return f"{type(error).__name__}!"
    return DONE


def _do(session: Session, one: Try) -> None:
    town = session.get_one(Municipality, one.town_id)
    if one.deed == "book" and one.slot is not None:
        chat = session.get_one(Conversation, one.chat_id, with_for_update=True)
        person = session.get_one(Person, one.person_id)
        book(session, town, wants(town, person), one.slot, NOW, chat)
        return
    if one.deed == "move" and one.slot is not None:
        # As an answer does: it holds the chat in which it is given.
        session.get_one(Conversation, one.chat_id, with_for_update=True)
        appointment = session.get_one(Appointment, one.appointment_id)
        move(session, town, appointment, one.version, one.slot, NOW, RESIDENT)
    else:
        cancel(session, session.get_one(Appointment, one.appointment_id), one.version, NOW, STAFF)
