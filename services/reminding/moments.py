"""When a reminder comes: at an hour at which people are awake, and rather earlier than later.

Everything is counted on the clock here and only then in UTC, so a reminder of ten in the morning is one of ten in the
morning, also on the days on which the clock changes.
"""

from datetime import UTC, date, datetime, time, timedelta

from services.calendar import AMSTERDAM, day_here
from services.office_hours import is_holiday

AT = time(10, 0)
"""On the clock here: the offices are open and nobody is woken."""
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
LAST_OF_THE_EVENING = time(20, 30)
"""Where what would come at night goes: half an hour before the quiet, so that one that is late still comes that evening
and not the next morning, when it may be too late."""
DAYS_BEFORE = 2
FURTHEST = timedelta(days=366)
SATURDAY = 5


def sensible_moment(due_on: date | None, now: datetime) -> datetime:
    """A working day at least two days before, so that there is still time; tomorrow when that is over."""
    if due_on is None:
        return moment_on(working_day(day_here(now) + timedelta(days=7)))
    return max(moment_on(working_day(due_on - timedelta(days=DAYS_BEFORE))), tomorrow(now))


def tomorrow(now: datetime) -> datetime:
    return moment_on(day_here(now) + timedelta(days=1))


def week_before(due_on: date, now: datetime) -> datetime | None:
    """None when that is over."""
    moment = moment_on(due_on - timedelta(days=7))
    return moment if moment > now else None


def moment_on(day: date, clock: time = AT) -> datetime:
    """The moment of a reminder on that day, summer or winter."""
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


def is_quiet(now: datetime) -> bool:
    """Whether people sleep."""
    clock = now.astimezone(AMSTERDAM).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def before_the_quiet(moment: datetime) -> datetime:
    """That moment, or the evening before it when people sleep then."""
    here = moment.astimezone(AMSTERDAM)
    if here.time() >= QUIET_FROM:
        return moment_on(here.date(), LAST_OF_THE_EVENING)
    if here.time() < QUIET_UNTIL:
        return moment_on(here.date() - timedelta(days=1), LAST_OF_THE_EVENING)
    return moment


def after_the_quiet(moment: datetime) -> datetime:
    """That moment, or the morning after it: for what could not be sent earlier."""
    here = moment.astimezone(AMSTERDAM)
    if here.time() >= QUIET_FROM:
        return moment_on(here.date() + timedelta(days=1), QUIET_UNTIL)
    return moment_on(here.date(), QUIET_UNTIL) if here.time() < QUIET_UNTIL else moment


def working_day(day: date) -> date:
    """That day, or the last one before it on which offices are open."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day -= timedelta(days=1)
    return day
