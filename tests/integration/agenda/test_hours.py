"""When a caseworker can be spoken to, on the clock here: also when that clock changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db.models import Account, Municipality, TimeOffKind
from db.session import Database
from services.agenda.hours import stretches, team_of
from services.calendar import AMSTERDAM
from tests.agenda import (
    FRIDAY,
    NEXT_TUESDAY,
    SUNDAY,
    TUESDAY,
    build_caseworker,
    build_hours,
    build_time_off,
    build_town,
    here,
)
from tests.builders import NOW, build_municipality

DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened


@pytest.fixture
def town(session: Session) -> Municipality:
    return build_town(session)


@pytest.fixture
def anna(session: Session, town: Municipality) -> Account:
    return build_caseworker(session, town)


def on(session: Session, town: Municipality, anna: Account, day: date) -> list[str]:
    """`09:00-12:00`, of that day."""
    found = stretches(session, town, [anna.id], here(day, "00:00"), here(day + DAY, "00:00") - timedelta(seconds=1))
    ends = [[at.astimezone(AMSTERDAM).strftime("%H:%M") for at in (one.begins_at, one.ends_at)] for one in found]
    return ["-".join(two) for two in ends]


def test_a_break_is_the_gap_between_two_stretches(session: Session, town: Municipality, anna: Account) -> None:
    build_hours(session, anna, TUESDAY, "09:00", "12:00")
    build_hours(session, anna, TUESDAY, "12:45", "17:00")

    assert on(session, town, anna, NEXT_TUESDAY) == ["09:00-12:00", "12:45-17:00"]
    assert on(session, town, anna, NEXT_TUESDAY + DAY) == []


def test_leave_is_cut_out_of_the_hours(session: Session, town: Municipality, anna: Account) -> None:
    build_hours(session, anna, TUESDAY, "09:00", "17:00")
    build_time_off(session, anna, here(NEXT_TUESDAY, "10:15"), here(NEXT_TUESDAY, "11:00"), TimeOffKind.BUSY)
    build_time_off(session, anna, here(NEXT_TUESDAY, "16:00"), here(NEXT_TUESDAY + 7 * DAY, "09:30"))

    assert on(session, town, anna, NEXT_TUESDAY) == ["09:00-10:15", "11:00-16:00"]
    assert on(session, town, anna, NEXT_TUESDAY + 7 * DAY) == ["09:30-17:00"]


def test_leave_of_several_weeks_leaves_nothing_of_them(session: Session, town: Municipality, anna: Account) -> None:
    build_hours(session, anna)
    build_time_off(session, anna, here(date(2026, 11, 28), "00:00"), here(date(2026, 12, 12), "00:00"))

    assert on(session, town, anna, NEXT_TUESDAY) == []
    assert on(session, town, anna, date(2026, 12, 15)) == ["09:00-12:00"]


def test_extra_hours_come_on_top_also_on_a_holiday(session: Session, town: Municipality, anna: Account) -> None:
    christmas = date(2026, 12, 25)
    build_hours(session, anna, FRIDAY)
    build_time_off(session, anna, here(christmas, "14:00"), here(christmas, "16:00"), TimeOffKind.EXTRA)

    assert on(session, town, anna, christmas) == ["14:00-16:00"]


@pytest.mark.parametrize(
    "holiday", [date(2027, 1, 1), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2026, 12, 25)]
)
def test_nobody_works_on_a_public_holiday(session: Session, town: Municipality, anna: Account, holiday: date) -> None:
    build_hours(session, anna, holiday.weekday())

    assert on(session, town, anna, holiday) == []
    assert on(session, town, anna, holiday + 14 * DAY) == ["09:00-12:00"]


def test_a_day_that_the_municipality_is_closed_has_no_hours(session: Session) -> None:
    town = build_municipality(session, "dicht", chat_hours={"closed": [NEXT_TUESDAY.isoformat()]})
    anna = build_caseworker(session, town)
    build_hours(session, anna)

    assert on(session, town, anna, NEXT_TUESDAY) == []


def test_hours_hold_from_their_first_day_to_their_last(session: Session, town: Municipality, anna: Account) -> None:
    build_hours(session, anna, TUESDAY, "09:00", "12:00", valid_to=NEXT_TUESDAY)
    build_hours(session, anna, TUESDAY, "13:00", "15:00", valid_from=NEXT_TUESDAY + 7 * DAY)

    assert on(session, town, anna, NEXT_TUESDAY) == ["09:00-12:00"]
    assert on(session, town, anna, NEXT_TUESDAY + 7 * DAY) == ["13:00-15:00"]


@pytest.mark.parametrize(
    ("sunday", "begins", "length"),
    [
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, 0, tzinfo=UTC), 6),
        (date(2027, 3, 28), datetime(2027, 3, 28, 0, 0, tzinfo=UTC), 4),
        (date(2027, 10, 31), datetime(2027, 10, 30, 23, 0, tzinfo=UTC), 6),
        (date(2027, 10, 24), datetime(2027, 10, 23, 23, 0, tzinfo=UTC), 5),
    ],
)
def test_a_night_on_which_the_clock_changes_is_an_hour_longer_or_shorter(
    session: Session, sunday: date, begins: datetime, length: int
) -> None:
    town = build_municipality(session, "nacht", chat_hours={"open_on_holidays": ["2027-03-28"]})  # Easter
    anna = build_caseworker(session, town)
    build_hours(session, anna, SUNDAY, "01:00", "06:00")

    (night,) = stretches(session, town, [anna.id], begins, begins + timedelta(hours=12))

    assert night.begins_at.astimezone(AMSTERDAM).date() == sunday
    assert (night.begins_at, night.ends_at - night.begins_at) == (begins, timedelta(hours=length))


@pytest.mark.parametrize(
    ("tuesday", "hour"),
    [(date(2026, 10, 20), 7), (date(2026, 10, 27), 8), (date(2027, 3, 23), 8), (date(2027, 3, 30), 7)],
)
def test_nine_o_clock_stays_nine_o_clock(
    session: Session, town: Municipality, anna: Account, tuesday: date, hour: int
) -> None:
    build_hours(session, anna)

    (morning,) = stretches(session, town, [anna.id], here(tuesday, "08:00"), here(tuesday, "20:00"))

    assert morning.begins_at == datetime(tuesday.year, tuesday.month, tuesday.day, hour, tzinfo=UTC)


def test_the_team_is_who_has_hours_here_and_is_not_blocked(session: Session, town: Municipality, anna: Account) -> None:
    elsewhere = build_town(session, slug="elders")
    build_caseworker(session, town, "without-hours")
    gone = build_caseworker(session, town, "gone", blocked_at=NOW)
    stranger = build_caseworker(session, elsewhere)
    for one in (anna, gone, stranger):
        build_hours(session, one)

    assert team_of(session, town) == [anna]
