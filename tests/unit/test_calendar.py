"""The day in the Netherlands decides the law, not the day in Greenwich."""

from datetime import UTC, date, datetime

import pytest

from services.calendar import clock_time, day_here, in_words


@pytest.mark.parametrize(
    ("utc", "day", "clock"),
    [
        ("2026-12-31T22:59:59", "2026-12-31", "23.59"),
        ("2026-12-31T23:00:00", "2027-01-01", "00.00"),
        ("2026-06-30T21:59:59", "2026-06-30", "23.59"),
        ("2026-06-30T22:00:00", "2026-07-01", "00.00"),
        ("2026-03-29T00:59:59", "2026-03-29", "01.59"),
        ("2026-03-29T01:00:00", "2026-03-29", "03.00"),
        ("2026-03-28T23:00:00", "2026-03-29", "00.00"),
        ("2026-10-25T00:59:59", "2026-10-25", "02.59"),
        ("2026-10-25T01:00:00", "2026-10-25", "02.00"),
        ("2026-10-24T22:00:00", "2026-10-25", "00.00"),
        ("2026-10-25T23:00:00", "2026-10-26", "00.00"),
    ],
)
def test_day_and_clock_in_summer_winter_and_the_nights_between(utc: str, day: str, clock: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)

    assert day_here(moment) == date.fromisoformat(day)
    assert clock_time(moment) == clock


def test_a_day_is_said_in_the_language_of_the_resident() -> None:
    assert in_words(date(2026, 7, 1), "nl") == "1 juli 2026"
    assert in_words(date(2026, 7, 1), "en") == "1 July 2026"
