"""Of any agenda: what is offered can be booked, and nobody ever has the same time twice."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Municipality, Person, TimeOff, TimeOffKind, WorkingHours
from db.session import Database
from services.agenda.book import book
from services.agenda.slots import Slot, free_slots, is_free
from services.calendar import AMSTERDAM
from services.errors import SlotTaken
from services.office_hours import is_holiday
from tests.agenda import (
    TALK,
    build_caseworker,
    build_hours,
    build_location,
    build_person,
    build_time_off,
    here,
    wants,
)
from tests.booking_races import double_bookings
from tests.builders import build_database, build_municipality

# Easter and a change of the clock, the other change, and the turn of a year.
WEEKS = (date(2026, 10, 23), date(2027, 3, 26), date(2026, 12, 29), date(2027, 10, 29))
QUARTERS = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))


@dataclass(frozen=True)
class Hours:
    weekday: int
    begins: time
    ends: time
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Away:
    kind: TimeOffKind
    after: int
    hours: int


stretches = st.tuples(st.integers(0, 6), QUARTERS, QUARTERS, st.sampled_from([(), ("phone",), ("office", "home")]))
hours = stretches.filter(lambda one: one[1] < one[2]).map(lambda one: Hours(*one))
away = st.builds(Away, st.sampled_from(TimeOffKind), st.integers(0, 100), st.integers(1, 30))
programmes = st.fixed_dictionaries(
    {
        "minutes": st.sampled_from([10, 20, 30, 45, 60, 90]),
        "before": st.sampled_from([0, 5, 15]),
        "after": st.sampled_from([0, 10, 30]),
        "channels": st.lists(st.sampled_from(["office", "phone", "home", "walk"]), min_size=1, max_size=3, unique=True),
        "led_by": st.sampled_from(["own", "team"]),
        "notice_hours": st.integers(0, 30),
        "horizon_days": st.integers(1, 10),
    }
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """One for all; each agenda is undone at its end."""
    opened = build_database(Path(tempfile.mkdtemp(prefix="trede-agenda-")))
    yield opened
    opened.close()


def build_agenda(
    session: Session, programme: dict[str, Any], team: list[list[Hours]], off: list[Away], rooms: int, since: datetime
) -> tuple[Municipality, list[Person]]:
    town = build_municipality(session, programmes=[TALK | programme])
    place = build_location(session, town, rooms=rooms)
    people = []
    for number, week in enumerate(team):
        account = build_caseworker(session, town, f"c{number}")
        for one in week:
            build_hours(
                session, account, one.weekday, one.begins.isoformat(), one.ends.isoformat(),
                location_id=place.id, channels=list(one.channels),
            )  # fmt: skip
        for one_off in off[number :: len(team)]:
            begins = since + timedelta(hours=one_off.after)
            build_time_off(session, account, begins, begins + timedelta(hours=one_off.hours), one_off.kind, place)
        people += [build_person(session, town, account, f"K-{number}-{n}") for n in range(4)]
    return town, people


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    programme=programmes,
    team=st.lists(st.lists(hours, min_size=1, max_size=4), min_size=1, max_size=3),
    off=st.lists(away, max_size=3),
    rooms=st.integers(0, 2),
    first=st.sampled_from(WEEKS),
    picks=st.lists(st.integers(0, 10_000), min_size=8, max_size=8),
)
def test_what_is_offered_can_be_booked_and_nobody_has_a_time_twice(
    database: Database, programme: dict[str, Any], team: list[list[Hours]], off: list[Away], rooms: int, first: date,
    picks: list[int],
) -> None:  # fmt: skip
    now = here(first, "00:00")
    with database.engine.connect() as connection, Session(connection) as session:
        town, people = build_agenda(session, programme, team, off, rooms, now)
        for person, pick in zip(people, picks, strict=False):
            wanted = wants(town, person)
            offered = free_slots(session, town, wanted, now, now + timedelta(days=10), now)
            assert offered == sorted(offered, key=lambda slot: slot.begins_at)
            if not offered:
                continue
            assert all(is_free(session, town, wanted, slot, now) for slot in offered[:: max(len(offered) // 3, 1)])
            assert all(_is_there(session, slot) for slot in offered)
            slot = offered[pick % len(offered)]
            made = book(session, town, wanted, slot, now)
            assert made.ends_at - made.begins_at == timedelta(minutes=programme["minutes"])
            _nobody_else_gets(session, town, people, slot, now)
        assert double_bookings(session) == 0
        session.rollback()


def _is_there(session: Session, slot: Slot) -> bool:
    """By the clock on the wall: in his hours and not on a holiday, or in what came on top; and not away."""
    begins, ends = slot.begins_at.astimezone(AMSTERDAM), slot.ends_at.astimezone(AMSTERDAM)
    off = session.scalars(select(TimeOff).where(TimeOff.account_id == slot.account_id)).all()
    week = session.scalars(select(WorkingHours).where(WorkingHours.account_id == slot.account_id)).all()
    if any(o.kind is not TimeOffKind.EXTRA and o.begins_at < slot.ends_at and slot.begins_at < o.ends_at for o in off):
        return False
    on_top = any(
        o.kind is TimeOffKind.EXTRA and o.begins_at <= slot.begins_at and slot.ends_at <= o.ends_at for o in off
    )
    in_week = any(
        row.weekday == begins.weekday()
        and row.begins <= begins.time()
        and ends.time() <= row.ends
        and slot.channel.value in (row.channels or [slot.channel.value])
        for row in week
    )
    return on_top or (in_week and begins.date() == ends.date() and not is_holiday(begins.date()))


def _nobody_else_gets(session: Session, town: Municipality, people: list[Person], slot: Slot, now: datetime) -> None:
    for person in people[:2]:
        assert not is_free(session, town, wants(town, person), slot, now)
        with pytest.raises(SlotTaken):
            book(session, town, wants(town, person), slot, now)


def test_the_weeks_hold_the_nights_that_matter() -> None:
    offsets = [
        {datetime.combine(day + timedelta(days=n), time(12), AMSTERDAM).utcoffset() for n in range(5)} for day in WEEKS
    ]

    assert [len(found) for found in offsets] == [2, 2, 1, 2]
