"""The agenda: a day or a week, of oneself, of a colleague or of the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.models import Account, Municipality, Role
from portal.door import door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_day, a_number
from services.agenda.programmes import Programme, programmes_of
from services.calendar import day_here
from services.staff_agenda import AgendaDay, BlockKind, read_agenda
from services.working_week import caseworkers

HERE = "/portal/agenda"
TEAM = "team"
WORKDAYS = 5


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, in the words of the address."""

    day: date
    week: bool
    whose: str
    """`team`, the number of a colleague, or empty: one's own."""
    today: date

    @property
    def team(self) -> bool:
        return self.whose == TEAM

    @property
    def days(self) -> list[date]:
        monday = self.day - timedelta(days=self.day.weekday())
        return [monday + timedelta(days=n) for n in range(7)] if self.week else [self.day]

    def address(self, day: date | None = None, week: bool | None = None, whose: str | None = None) -> str:
        """The same, but for what is told."""
        on, by_week = day or self.day, self.week if week is None else week
        who = self.whose if whose is None else whose
        told = {"dag": "" if on == self.today else on.isoformat(), "toon": "" if by_week else "dag", "van": who}
        kept = {name: value for name, value in told.items() if value}
        return f"{HERE}?{urlencode(kept)}" if kept else HERE

    @property
    def before(self) -> str:
        return self.address(self.day - timedelta(days=7 if self.week else 1))

    @property
    def after(self) -> str:
        return self.address(self.day + timedelta(days=7 if self.week else 1))


@dataclass(frozen=True)
class Agenda:
    days: Sequence[AgendaDay]
    shown: Sequence[Account]
    colleagues: Sequence[Account]
    programmes: dict[str, Programme]

    @property
    def dates(self) -> list[date]:
        """The weekend stands there only when there is something in it."""
        dates = sorted({one.day for one in self.days})
        filled = {one.day for one in self.days if one.blocks}
        return [day for day in dates if len(dates) == 1 or day.weekday() < WORKDAYS or day in filled]

    @property
    def no_hours(self) -> bool:
        return not any(one.blocks for one in self.days)

    def on(self, day: date, account: Account) -> AgendaDay:
        return next(one for one in self.days if one.day == day and one.account.id == account.id)


async def show_agenda(request: Request, staff: Staff) -> Response:
    door = door_of(request)
    asked = _asked(request.query_params, day_here(door.clock()))

    def look() -> Agenda:
        with door.database.reading() as session:
            town = session.get_one(Municipality, staff.municipality_id)
            colleagues = caseworkers(session, staff.municipality_id)
            whose = a_number(asked.whose) or staff.account_id
            shown = colleagues if asked.team else [one for one in colleagues if one.id == whose]
            days = read_agenda(session, town, shown, asked.days, door.clock()) if shown else []
            return Agenda(days, shown, colleagues, programmes_of(town))

    return draw(request, staff, "agenda.html", agenda=await run_sync(look), asked=asked, Kind=BlockKind)


def _asked(given: QueryParams, today: date) -> Asked:
    whose = given.get("van", "")
    known = whose if whose == TEAM or a_number(whose) else ""
    return Asked(a_day(given.get("dag", "")) or today, given.get("toon") != "dag", known, today)


PAGES = (page("/agenda", show_agenda, roles=Role.CASEWORKER, deed="read_agenda"),)
