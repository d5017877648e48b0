"""Which of a topic's revisions is read on which day. One rule, for the answer, the preview, the export and the pages.

Of the revisions that hold on a day, the one that began last is read; of those that began on the same day, the newest.
So a correction of today's text leaves a change that is planned for 1 January alone, a text for a fortnight goes back
to the one before it, and a second text for the same first day takes the place of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.models import AnswerRevision

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From its first to its last day (None: open) this revision is read; without a revision there is no answer."""

    first: date
    last: date | None
    revision: AnswerRevision | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def in_force(revisions: Sequence[AnswerRevision], on: date) -> AnswerRevision | None:
    """`revisions` in the order in which they were written."""
    holding = [
        (revision.valid_from, place, revision)
        for place, revision in enumerate(revisions)
        if revision.withdrawn_at is None
        and revision.valid_from <= on
        and (revision.valid_to is None or on <= revision.valid_to)
    ]
    return max(holding, key=lambda one: one[:2])[2] if holding else None


def periods(revisions: Sequence[AnswerRevision]) -> list[Period]:
    """What is read from day to day, oldest first; holes are periods without a revision. Nothing is told twice."""
    standing = [revision for revision in revisions if revision.withdrawn_at is None]
    turns = {revision.valid_from for revision in standing}
    turns |= {revision.valid_to + ONE_DAY for revision in standing if revision.valid_to is not None}
    found: list[Period] = []
    for first in sorted(turns):
        revision = in_force(standing, first)
        if found and found[-1].revision is revision:
            continue
        if found:
            found.append(replace(found.pop(), last=first - ONE_DAY))
        found.append(Period(first, None, revision))
    if found and found[-1].revision is None:
        found.pop()
    return found
