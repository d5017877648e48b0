"""When a reminder comes by itself: on a working day, in time, at ten here, summer and winter."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar import AMSTERDAM
from services.reminding.moments import is_quiet, moment_on, sensible_moment, tomorrow, week_before

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MOMENTS = st.integers(1_704_000_000, 2_050_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@pytest.mark.parametrize(
    ("due", "on"),
    [
        (date(2026, 12, 3), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 11, 27)),  # two days before is a Sunday
        (date(2026, 12, 28), date(2026, 12, 24)),  # the second day of Christmas and Christmas
        (date(2027, 1, 3), date(2026, 12, 31)),  # New Year
        (date(2026, 11, 24), date(2026, 11, 24)),  # tomorrow is all that is left
        (date(2026, 11, 1), date(2026, 11, 24)),  # it is over
        (None, date(2026, 11, 30)),
    ],
)
def test_a_sensible_moment_leaves_time_on_a_working_day(due: date | None, on: date) -> None:
    assert sensible_moment(due, NOW) == moment_on(on)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 12, 1), datetime(2026, 12, 1, 9, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 8, tzinfo=UTC)),  # the night in which the clock went forward
        (date(2026, 10, 25), datetime(2026, 10, 25, 9, tzinfo=UTC)),  # and back
    ],
)
def test_it_is_ten_here_whatever_the_clock_did_that_night(day: date, utc: datetime) -> None:
    assert moment_on(day) == utc


def test_the_last_day_of_the_year_is_followed_by_the_first() -> None:
    assert tomorrow(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == moment_on(date(2027, 1, 2))
    assert tomorrow(datetime(2026, 12, 31, 12, 0, tzinfo=UTC)) == moment_on(date(2027, 1, 1))


def test_a_week_before_is_offered_as_long_as_it_lies_ahead() -> None:
    assert week_before(date(2026, 12, 1), NOW) == moment_on(date(2026, 11, 24))
    assert week_before(date(2026, 11, 30), NOW) is None


@given(st.none() | st.dates(date(2024, 1, 1), date(2036, 1, 1)), MOMENTS)
def test_it_never_comes_at_night_nor_in_the_past(due: date | None, now: datetime) -> None:
    at = sensible_moment(due, now)

    assert at > now
    assert not is_quiet(at)
    assert at.astimezone(AMSTERDAM).hour == 10


@given(MOMENTS)
def test_the_night_is_from_nine_to_eight_here(now: datetime) -> None:
    assert is_quiet(now) == (now.astimezone(AMSTERDAM).hour in {21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7})
