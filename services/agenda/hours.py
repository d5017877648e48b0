"""When caseworkers can be spoken to: the hours of their week and what comes on top, without holidays and time off.

Hours are those of the clock here. Each is put on its own day first and then told in UTC, so nine o'clock stays nine
o'clock when the clock changes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.models import Account, MeetingChannel, Municipality, Role, TimeOff, TimeOffKind, WorkingHours
from services.calendar import AMSTERDAM, day_here
from services.office_hours import closed_on


@dataclass(frozen=True)
class Stretch:
    """Time in which a caseworker can be spoken to without a pause."""

    account_id: int
    begins_at: datetime
    ends_at: datetime
    location_id: int | None
    channels: tuple[MeetingChannel, ...]
    """Empty: all."""
    counted_from: datetime
    """Conversations begin at this moment, or a number of whole steps after it."""


def team_of(session: Session, town: Municipality) -> list[Account]:
    """Who can lead conversations here: caseworkers who are not blocked and have told hours."""
    query = select(Account).where(
        Account.municipality_id == town.id,
        Account.blocked_at.is_(None),
        or_(
            exists().where(WorkingHours.municipality_id == town.id, WorkingHours.account_id == Account.id),
            exists().where(
                TimeOff.municipality_id == town.id,
                TimeOff.account_id == Account.id,
                TimeOff.kind == TimeOffKind.EXTRA,
            ),
        ),
    )
    return [account for account in session.scalars(query.order_by(Account.id)) if account.may(Role.CASEWORKER)]


def stretches(
    session: Session, town: Municipality, account_ids: Collection[int], since: datetime, until: datetime
) -> list[Stretch]:
    """All that touch this time, whole and in order."""
    differing = _time_off(session, town, account_ids, since, until)
    extra = [_extra(off) for off in differing if off.kind is TimeOffKind.EXTRA]
    away = [off for off in differing if off.kind is not TimeOffKind.EXTRA]
    planned = [*_of_the_week(session, town, account_ids, since, until), *extra]
    found = [piece for stretch in planned for piece in _without(stretch, away)]
    touching = [one for one in found if one.begins_at < until and one.ends_at > since]
    return sorted(touching, key=lambda one: (one.begins_at, one.account_id))


def _of_the_week(
    session: Session, town: Municipality, account_ids: Collection[int], since: datetime, until: datetime
) -> Iterator[Stretch]:
    rows = session.scalars(
        select(WorkingHours).where(
            WorkingHours.municipality_id == town.id, WorkingHours.account_id.in_(list(account_ids))
        )
    ).all()
    for day in _days(since, until):
        if closed_on(town, day):
            continue
        yield from (_on(row, day) for row in rows if row.weekday == day.weekday() and _holds(row, day))


def _days(since: datetime, until: datetime) -> Iterator[date]:
    day = day_here(since)
    while day <= day_here(until):
        yield day
        day += timedelta(days=1)


def _holds(row: WorkingHours, day: date) -> bool:
    return (row.valid_from or date.min) <= day <= (row.valid_to or date.max)


def _on(row: WorkingHours, day: date) -> Stretch:
    begins_at = datetime.combine(day, row.begins, AMSTERDAM).astimezone(UTC)
    return Stretch(
        account_id=row.account_id,
        begins_at=begins_at,
        ends_at=datetime.combine(day, row.ends, AMSTERDAM).astimezone(UTC),
        location_id=row.location_id,
        channels=tuple(MeetingChannel(word) for word in row.channels),
        counted_from=begins_at,
    )


def _time_off(
    session: Session, town: Municipality, account_ids: Collection[int], since: datetime, until: datetime
) -> Sequence[TimeOff]:
    """Also what lies a day before or after it: stretches are whole."""
    query = select(TimeOff).where(
        TimeOff.municipality_id == town.id,
        TimeOff.account_id.in_(list(account_ids)),
        TimeOff.begins_at < until + timedelta(days=1),
        TimeOff.ends_at > since - timedelta(days=1),
    )
    return session.scalars(query).all()


def _extra(off: TimeOff) -> Stretch:
    return Stretch(off.account_id, off.begins_at, off.ends_at, off.location_id, (), off.begins_at)


def _without(stretch: Stretch, away: Iterable[TimeOff]) -> list[Stretch]:
    """What is left of it."""
    left = [stretch]
    for off in away:
        if off.account_id == stretch.account_id:
            left = [piece for one in left for piece in _cut(one, off.begins_at, off.ends_at)]
    return left


def _cut(stretch: Stretch, since: datetime, until: datetime) -> Iterator[Stretch]:
    if until <= stretch.begins_at or since >= stretch.ends_at:
        yield stretch
        return
    if stretch.begins_at < since:
        yield replace(stretch, ends_at=since)
    if until < stretch.ends_at:
        yield replace(stretch, begins_at=until)
