"""Moments and words go into every database in one form, and come out as they went in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect, make_url

from db.models import MessageStatus
from db.types import UtcDateTime, Word

ENGINES = ["sqlite", "postgresql+psycopg"]
DIALECTS = pytest.mark.parametrize("dialect", [make_url(f"{name}://").get_dialect()() for name in ENGINES], ids=ENGINES)
SUMMER_TIME = timezone(timedelta(hours=2))


@DIALECTS
def test_a_moment_is_kept_in_utc(dialect: Dialect) -> None:
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=SUMMER_TIME)

    kept = UtcDateTime().process_bind_param(moment, dialect)

    assert str(kept) == "2026-06-30 22:30:00+00:00"


@DIALECTS
def test_a_moment_comes_back_aware(dialect: Dialect) -> None:
    for stored in (datetime(2026, 6, 30, 22, 30), datetime(2026, 7, 1, 0, 30, tzinfo=SUMMER_TIME)):  # noqa: DTZ001
        assert UtcDateTime().process_result_value(stored, dialect) == datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


@DIALECTS
def test_a_moment_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 7, 1), dialect)  # noqa: DTZ001


@DIALECTS
def test_nothing_stays_nothing(dialect: Dialect) -> None:
    assert UtcDateTime().process_bind_param(None, dialect) is None
    assert UtcDateTime().process_result_value(None, dialect) is None
    assert Word(MessageStatus).process_bind_param(None, dialect) is None
    assert Word(MessageStatus).process_result_value(None, dialect) is None


@DIALECTS
def test_only_words_of_the_list_go_in_and_come_out(dialect: Dialect) -> None:
    words = Word(MessageStatus)

    assert words.process_bind_param(MessageStatus.DUE, dialect) == "due"
    assert words.process_result_value("due", dialect) is MessageStatus.DUE
    with pytest.raises(ValueError, match="soon"):
        words.process_result_value("soon", dialect)
