"""A message that does not get through is tried again, each time a little later."""

from datetime import timedelta
from itertools import pairwise

from services.outbox import retry_delay


def test_the_first_tries_come_soon() -> None:
    assert [retry_delay(attempt).total_seconds() for attempt in (1, 2, 3)] == [2, 4, 8]


def test_delays_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    delays = [retry_delay(attempt) for attempt in range(1, 40)]

    assert all(earlier <= later for earlier, later in pairwise(delays))
    assert delays[-1] == timedelta(minutes=15)


def test_any_number_of_attempts_has_a_delay() -> None:
    assert retry_delay(10**9) == timedelta(minutes=15)
