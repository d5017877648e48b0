"""All texts of a topic, the newest first: which is read when, and who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, AnswerRevision, Topic
from services.answer_periods import Period, in_force, periods
from services.editing.compare import compare_texts
from services.editing.topics import national_topic


class Standing(StrEnum):
    READ = "read"
    """Residents read it today."""
    PLANNED = "planned"
    OVER = "over"
    """It was read; its time is over, or another text took its place."""
    REPLACED = "replaced"
    """Another text took its place before anybody could read it."""
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Written:
    revision: AnswerRevision
    standing: Standing
    read: tuple[Period, ...]
    """The days on which it is read: more than one time when another text comes in between."""
    changed: tuple[str, ...]
    """In which places it differs from the text written before it."""
    author: str | None
    """Of the own municipality only. None: it shipped, or it was taken over from the library."""


def history(session: Session, topic: Topic, municipality_id: int, today: date) -> list[Written]:
    """Names of colleagues of another municipality are not told."""
    told = periods(topic.revisions)
    ids = {one.written_by for one in topic.revisions if one.municipality_id == municipality_id}
    query = select(Account.id, Account.name).where(Account.id.in_(ids), Account.municipality_id == municipality_id)
    names = dict(session.execute(query).all())
    found: list[Written] = []
    for before, one in pairwise([None, *topic.revisions]):
        if one is not None:
            read = tuple(period for period in told if period.revision is one)
            changed = tuple(place.place for place in compare_texts(before, one) if place.changed) if before else ()
            found.append(Written(one, _standing(one, read, today), read, changed, names.get(one.written_by or 0)))
    return found[::-1]


def newer_national(session: Session, topic: Topic, today: date) -> AnswerRevision | None:
    """The national text that was written after the newest own one and is read today, or will be; so the own one may
    be out of date. None for a national topic itself."""
    national = national_topic(session, topic.name)
    if national is None or national is topic:
        return None
    to_come = [in_force(national.revisions, today)]
    to_come += [period.revision for period in periods(national.revisions) if period.first > today]
    newer = [one for one in to_come if one is not None and one.id > topic.revisions[-1].id]
    return newer[-1] if newer else None


def _standing(revision: AnswerRevision, read: Sequence[Period], today: date) -> Standing:
    if revision.withdrawn_at is not None:
        return Standing.CALLED_OFF
    if any(period.covers(today) for period in read):
        return Standing.READ
    if any(period.first > today for period in read):
        return Standing.PLANNED
    return Standing.OVER if read else Standing.REPLACED
