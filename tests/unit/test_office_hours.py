"""When somebody answers: the week of the municipality, here, in summer and winter, without the holidays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.models import Municipality
from services.calendar import AMSTERDAM
from services.office_hours import closing_today, hours_known, is_holiday, next_opening, open_now

WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-17:00")


def town(**hours: Any) -> Municipality:
    return Municipality(slug="voorbeeldstad", settings={"chat_hours": WEEK | hours})


def here(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("clock", "is_open"), [("08:59", False), ("09:00", True), ("16:59", True), ("17:00", False), ("23:00", False)]
)
def test_it_is_open_from_the_first_minute_until_the_last(clock: str, is_open: bool) -> None:
    moment = here("2026-11-23", clock)

    assert open_now(town(), moment) is is_open
    assert closing_today(town(), moment) == (here("2026-11-23", "17:00") if is_open else None)


def test_without_hours_nothing_is_known_and_nothing_is_open() -> None:
    unknown = Municipality(slug="voorbeeldstad", settings={"chat_hours": None})

    assert (hours_known(unknown), open_now(unknown, here("2026-11-23"))) == (False, False)
    assert (next_opening(unknown, here("2026-11-23")), hours_known(Municipality(settings={}))) == (None, False)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (here("2026-11-23", "07:00"), here("2026-11-23", "09:00")),
        (here("2026-11-23", "10:00"), here("2026-11-24", "09:00")),
        (here("2026-11-20", "17:00"), here("2026-11-23", "09:00")),
        (here("2026-12-24", "18:00"), here("2026-12-28", "09:00")),  # two days of Christmas, and a Sunday
        (here("2026-12-31", "18:00"), here("2027-01-04", "09:00")),  # New Year's Day is a Friday
        (here("2027-03-25", "18:00"), here("2027-03-30", "09:00")),  # Good Friday to Easter Monday
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(now: datetime, opens: datetime) -> None:
    found = next_opening(town(), now)

    assert found is not None
    assert (found.opens, found.closes - found.opens) == (
        opens,
        here("2026-11-23", "17:00") - here("2026-11-23", "09:00"),
    )


@pytest.mark.parametrize("day", ["2027-01-01", "2027-04-27", "2026-12-25", "2027-05-06", "2030-05-05"])
def test_on_public_holidays_nobody_is_there(day: str) -> None:
    assert is_holiday(date.fromisoformat(day))
    assert not open_now(town(sunday="09:00-17:00"), here(day))


def test_kings_day_is_a_day_earlier_when_it_would_be_a_sunday() -> None:
    """27 April 2031 is a Sunday."""
    assert (is_holiday(date(2031, 4, 26)), is_holiday(date(2031, 4, 27))) == (True, False)


def test_a_municipality_has_its_own_days_off_and_works_on_some_holidays() -> None:
    own = town(closed=["2026-12-24"], open_on_holidays=["2027-03-26"])

    assert not open_now(own, here("2026-12-24"))
    assert open_now(own, here("2027-03-26"))


def test_the_clock_of_here_decides_in_summer_and_winter() -> None:
    friday, tuesday = here("2027-03-26", "12:00"), datetime(2027, 3, 30, 7, 0, tzinfo=UTC)
    found = next_opening(town(), friday)

    assert found is not None
    assert found.opens == tuesday  # summer time began on Sunday the 28th: 09.00 here is 07.00 UTC
    assert open_now(town(), datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert not open_now(town(), datetime(2026, 11, 23, 7, 59, tzinfo=UTC))


@pytest.mark.parametrize(("saturday", "hours_long"), [("2026-03-28", 5), ("2026-10-24", 7), ("2026-11-21", 6)])
def test_a_night_in_which_the_clock_changes_is_as_long_as_it_really_is(saturday: str, hours_long: int) -> None:
    night = town(sunday="00:00-06:00")
    found = next_opening(night, here(saturday, "23:00"))

    assert found is not None
    assert (found.closes - found.opens).total_seconds() == hours_long * 3600
