"""Read the audit log: by person, by deed, by day, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import Account, AuditEntry
from services.calendar import AMSTERDAM

A_PAGE = 50
PAST_THE_LAST = 2**31 - 1


@dataclass(frozen=True)
class Wanted:
    """What to look for; None is everything. `below`: only entries with a lower number, `above`: with a higher one."""

    account_id: int | None = None
    deed: str | None = None
    since: date | None = None
    until: date | None = None
    below: int | None = None
    above: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of entries with the names of who did it, and whether there is more on both sides."""

    rows: Sequence[tuple[AuditEntry, str | None]]
    newer: bool
    older: bool


def read_log(session: Session, municipality_id: int, wanted: Wanted) -> Found:
    query = _matching(session, municipality_id, wanted)
    if wanted.above is not None:
        # The page before this one: read upwards, shown downwards.
        query = query.where(AuditEntry.number > wanted.above).order_by(AuditEntry.number)
        rows = _read(session, query)
        return Found(rows[:A_PAGE][::-1], newer=len(rows) > A_PAGE, older=True)
    if wanted.below is not None:
        query = query.where(AuditEntry.number < wanted.below)
    rows = _read(session, query.order_by(AuditEntry.number.desc()))
    return Found(rows[:A_PAGE], newer=wanted.below is not None, older=len(rows) > A_PAGE)


def _matching(session: Session, municipality_id: int, wanted: Wanted) -> Select[AuditEntry, str]:
    # The account may be of another municipality, or gone; the entry stays.
    query = select(AuditEntry, Account.name).outerjoin(Account, Account.id == AuditEntry.account_id)
    query = query.where(AuditEntry.municipality_id == municipality_id)
    if wanted.account_id is not None:
        query = query.where(AuditEntry.account_id == wanted.account_id)
    if wanted.deed is not None:
        query = query.where(AuditEntry.deed == wanted.deed)
    # Entries are numbered as time goes by, and it is by number that they are found and shown.
    if wanted.since is not None:
        query = query.where(AuditEntry.number >= _first_since(session, municipality_id, wanted.since))
    if wanted.until is not None:
        query = query.where(
            AuditEntry.number < _first_since(session, municipality_id, wanted.until + timedelta(days=1))
        )
    return query


def _first_since(session: Session, municipality_id: int, day: date) -> int:
    """Number of the first entry of that day or later; past the last one when there is none."""
    begin = datetime.combine(day, time(), AMSTERDAM)
    query = select(AuditEntry.number).where(AuditEntry.municipality_id == municipality_id, AuditEntry.at >= begin)
    return session.scalar(query.order_by(AuditEntry.at, AuditEntry.number).limit(1)) or PAST_THE_LAST


def _read(session: Session, query: Select[AuditEntry, str]) -> list[tuple[AuditEntry, str | None]]:
    return [(entry, name) for entry, name in session.execute(query.limit(A_PAGE + 1))]
