"""On every day one text is read, and which one is not left to chance."""

from datetime import UTC, date, datetime

import pytest

from db.models import AnswerRevision
from services.answer_periods import in_force, periods

LAST_YEAR, TODAY, NEW_YEAR = date(2025, 1, 1), date(2026, 11, 23), date(2027, 1, 1)


def revision(said: str, first: date, last: date | None = None, withdrawn: bool = False) -> AnswerRevision:
    at = datetime(2026, 11, 23, tzinfo=UTC) if withdrawn else None
    return AnswerRevision(valid_from=first, valid_to=last, texts={"nl": {"answer": said}}, withdrawn_at=at)


def said(found: AnswerRevision | None) -> str | None:
    return found.texts["nl"]["answer"] if found else None


def told(*revisions: AnswerRevision) -> list[tuple[str | None, str, str | None]]:
    return [
        (said(one.revision), one.first.isoformat(), one.last.isoformat() if one.last else None)
        for one in periods(revisions)
    ]


SHIPPED = revision("shipped", LAST_YEAR)
PLANNED = revision("planned", NEW_YEAR)
CORRECTED = revision("corrected", TODAY)


def test_a_correction_of_today_leaves_what_is_planned() -> None:
    written = [SHIPPED, PLANNED, CORRECTED]

    assert said(in_force(written, date(2026, 11, 22))) == "shipped"
    assert said(in_force(written, TODAY)) == "corrected"
    assert said(in_force(written, date(2026, 12, 31))) == "corrected"
    assert said(in_force(written, NEW_YEAR)) == "planned"


def test_of_two_texts_for_the_same_first_day_the_newest_is_read() -> None:
    again = revision("again", NEW_YEAR)

    assert said(in_force([SHIPPED, PLANNED, again], NEW_YEAR)) == "again"
    assert said(in_force([SHIPPED, again, PLANNED], NEW_YEAR)) == "planned"


def test_after_a_text_for_some_days_the_one_before_it_returns() -> None:
    holidays = revision("holidays", date(2026, 12, 20), date(2027, 1, 3))

    assert told(SHIPPED, holidays) == [
        ("shipped", "2025-01-01", "2026-12-19"),
        ("holidays", "2026-12-20", "2027-01-03"),
        ("shipped", "2027-01-04", None),
    ]


def test_a_change_of_law_that_begins_within_another_text_begins_on_its_day() -> None:
    holidays = revision("holidays", date(2026, 12, 20), date(2027, 1, 3))

    assert told(SHIPPED, PLANNED, holidays)[1:] == [
        ("holidays", "2026-12-20", "2026-12-31"),
        ("planned", "2027-01-01", None),
    ]


def test_a_text_that_was_called_off_is_never_read() -> None:
    assert told(SHIPPED, revision("planned", NEW_YEAR, withdrawn=True)) == [("shipped", "2025-01-01", None)]


def test_a_hole_between_two_texts_is_told_and_after_the_last_day_there_is_nothing() -> None:
    assert told(revision("old", LAST_YEAR, date(2025, 6, 30)), CORRECTED) == [
        ("old", "2025-01-01", "2025-06-30"),
        (None, "2025-07-01", "2026-11-22"),
        ("corrected", "2026-11-23", None),
    ]
    assert told(revision("old", LAST_YEAR, date(2025, 6, 30))) == [("old", "2025-01-01", "2025-06-30")]


def test_a_text_that_nobody_reads_any_more_has_no_period() -> None:
    assert told(SHIPPED, revision("first try", TODAY), CORRECTED) == [
        ("shipped", "2025-01-01", "2026-11-22"),
        ("corrected", "2026-11-23", None),
    ]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(1990, 1, 1)])
def test_before_the_first_text_there_is_none(day: date) -> None:
    assert in_force([SHIPPED, PLANNED], day) is None
