"""The four weeks before an application of somebody under 27, or another period in which efforts are asked for."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Account, Person, ReminderKind, SearchPeriod
from services import audit
from services.calendar import day_here
from services.errors import NotInThePast, TooFarAway, UnknownPeriod, UnknownPerson
from services.reminding.moments import moment_on
from services.reminding.plan import forget_about, plan_about

WEEKS = "pw_zoektermijn_jongeren"
"""Article 41 paragraph 4 of the Participatiewet."""
ABOUT = "search_period"
LONGEST = timedelta(days=183)
END_OF_DAY = time(20, 0)


def start_search_period(
    session: Session,
    figures: Figures,
    account: Account,
    person: Person,
    begins_on: date,
    now: datetime,
    ends_on: date | None = None,
) -> SearchPeriod:
    """From that day; without a last day as long as the law asks of somebody under 27. One that runs is called off.

    Raises UnknownPerson, NotInThePast when it would be over already, or TooFarAway.
    """
    if person.municipality_id != account.municipality_id or person.closed_at is not None:
        raise UnknownPerson
    last = ends_on or begins_on + timedelta(weeks=int(figures.on(WEEKS, begins_on).value)) - timedelta(days=1)
    if last < begins_on or last < day_here(now):
        raise NotInThePast
    if last - begins_on > LONGEST:
        raise TooFarAway
    for before in _not_over(session, person, day_here(now)):
        _call_off(session, before, now)
    made = SearchPeriod(
        municipality_id=person.municipality_id,
        person_id=person.id,
        begins_on=begins_on,
        ends_on=last,
        made_by=account.id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    until = moment_on(last, END_OF_DAY)
    plan_about(session, about(made), 1, ReminderKind.SEARCH_PERIOD, tuple(_moments(made)), until, person, None, now)
    audit.note(session, person.municipality_id, account.id, "search_period_started", f"person:{person.id}", now)
    return made


def end_search_period(session: Session, account: Account, period_id: int, now: datetime) -> SearchPeriod:
    """Called off before its end. Raises UnknownPeriod."""
    query = select(SearchPeriod).where(
        SearchPeriod.municipality_id == account.municipality_id,
        SearchPeriod.id == period_id,
        SearchPeriod.ended_at.is_(None),
    )
    period = session.scalar(query.with_for_update())
    if period is None:
        raise UnknownPeriod
    _call_off(session, period, now)
    about_person = f"person:{period.person_id}"
    audit.note(session, account.municipality_id, account.id, "search_period_ended", about_person, now)
    return period


def period_of(session: Session, municipality_id: int, person_id: int, today: date) -> SearchPeriod | None:
    """The one that runs today, or else the next one."""
    query = select(SearchPeriod).where(
        SearchPeriod.municipality_id == municipality_id,
        SearchPeriod.person_id == person_id,
        SearchPeriod.ended_at.is_(None),
        SearchPeriod.ends_on >= today,
    )
    return session.scalars(query.order_by(SearchPeriod.begins_on, SearchPeriod.id).limit(1)).first()


def days_left(period: SearchPeriod, today: date) -> int:
    """Today included, from the day on which it begins."""
    return (period.ends_on - max(today, period.begins_on)).days + 1


def about(period: SearchPeriod) -> str:
    return f"{ABOUT}:{period.id}"


def _moments(period: SearchPeriod) -> Iterable[tuple[str, datetime]]:
    """Every week on the day on which it began, and three days before its end."""
    week, day = 1, period.begins_on + timedelta(weeks=1)
    while day < period.ends_on - timedelta(days=3):
        yield f"week{week}", moment_on(day)
        week, day = week + 1, day + timedelta(weeks=1)
    if period.ends_on - timedelta(days=3) > period.begins_on:
        yield "3d", moment_on(period.ends_on - timedelta(days=3))


def _not_over(session: Session, person: Person, today: date) -> Iterable[SearchPeriod]:
    query = select(SearchPeriod).where(
        SearchPeriod.municipality_id == person.municipality_id,
        SearchPeriod.person_id == person.id,
        SearchPeriod.ended_at.is_(None),
        SearchPeriod.ends_on >= today,
    )
    return session.scalars(query.with_for_update()).all()


def _call_off(session: Session, period: SearchPeriod, now: datetime) -> None:
    period.ended_at = now
    forget_about(session, period.municipality_id, about(period), now)
    session.flush()
