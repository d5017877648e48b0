"""Working hours, leave and exceptions: one's own, and those of a colleague who cannot tell it today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Appointment, Location, MeetingChannel, Role, TimeOff, TimeOffKind, WorkingHours
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import DayMissing, a_day, a_number, a_time, moment
from services.calendar import day_here
from services.places import list_locations
from services.working_week import (
    EndsTooSoon,
    StretchTaken,
    UnknownStretch,
    add_hours,
    add_time_off,
    caseworkers,
    get_caseworker,
    hours_of,
    in_the_way,
    remove_hours,
    remove_time_off,
    time_off_of,
)

HERE = "/portal/werktijden"
WEEKDAYS = range(7)
ALL_DAY = time(0, 0)


@dataclass(frozen=True)
class Week:
    account: Account
    hours: Sequence[WorkingHours]
    off: Sequence[TimeOff]
    moved: Sequence[Appointment]
    """Appointments in a time in which he is away."""
    colleagues: Sequence[Account]
    locations: Sequence[Location]

    @property
    def choices(self) -> list[tuple[int | str, str]]:
        return [("", "niet op een plek"), *((place.id, place.name) for place in self.locations if place.open)]

    def where(self, location_id: int | None) -> str:
        return next((place.name for place in self.locations if place.id == location_id), "")


async def show_own(request: Request, staff: Staff) -> Response:
    return await _page(request, staff, staff.account_id)


async def show_hours(request: Request, staff: Staff) -> Response:
    return await _page(request, staff, _account(request))


async def add_stretch(request: Request, staff: Staff) -> Response:
    form, account_id = request.state.form, _account(request)
    days = [day for day in WEEKDAYS if form.get(f"dag_{day}") == "1"]

    def do() -> None:
        begins, ends = a_time(form.get("van", "")), a_time(form.get("tot", ""))
        if not days or begins is None or ends is None:
            raise DayMissing
        with acting(request, staff, "add_hours") as act:
            account = get_caseworker(act.session, staff.municipality_id, account_id)
            for day in days:
                add_hours(
                    act.session, account, day, begins, ends, a_number(form.get("locatie", "")), _channels(form),
                    a_day(form.get("vanaf", "")), a_day(form.get("tot_en_met", "")),
                )  # fmt: skip

    return await _try(request, staff, account_id, do, "uren")


async def remove_stretch(request: Request, staff: Staff) -> Response:
    def do() -> int:
        with acting(request, staff, "remove_hours") as act:
            return remove_hours(act.session, staff.municipality_id, _id(request, "stretch")).account_id

    return _back(await run_sync(do), "weg")


async def add_absence(request: Request, staff: Staff) -> Response:
    form, account_id = request.state.form, _account(request)

    def do() -> None:
        first = a_day(form.get("dag", ""))
        last = a_day(form.get("tot_dag", "")) or first
        if first is None or last is None:
            raise DayMissing
        begins, ends = a_time(form.get("af_van", "")), a_time(form.get("af_tot", ""))
        begins_at = moment(first, begins or ALL_DAY)
        ends_at = moment(last, ends) if ends else moment(last + timedelta(days=1), ALL_DAY)
        kind = TimeOffKind(form.get("soort") if form.get("soort") in set(TimeOffKind) else TimeOffKind.LEAVE)
        with acting(request, staff, "add_time_off", kind=kind.value) as act:
            account = get_caseworker(act.session, staff.municipality_id, account_id)
            add_time_off(act.session, account, kind, begins_at, ends_at, a_number(form.get("af_locatie", "")))

    return await _try(request, staff, account_id, do, "afwezig")


async def remove_absence(request: Request, staff: Staff) -> Response:
    def do() -> int:
        with acting(request, staff, "remove_time_off") as act:
            return remove_time_off(act.session, staff.municipality_id, _id(request, "absence")).account_id

    return _back(await run_sync(do), "weg")


async def _try(request: Request, staff: Staff, account_id: int, do: Callable[[], None], part: str) -> Response:
    """Done, or the same page with what was typed and what is wrong with it."""
    try:
        await run_sync(do)
    except (DayMissing, EndsTooSoon, StretchTaken) as error:
        return await _page(request, staff, account_id, {part: sentence(error)}, 422)
    return _back(account_id, part)


async def _page(
    request: Request, staff: Staff, account_id: int, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    now = door_of(request).clock()

    def look() -> Week:
        with door_of(request).database.reading() as session:
            account = get_caseworker(session, staff.municipality_id, account_id)
            return Week(
                account, hours_of(session, account, day_here(now)), time_off_of(session, account, now),
                in_the_way(session, account, now), caseworkers(session, staff.municipality_id),
                list_locations(session, staff.municipality_id),
            )  # fmt: skip

    return draw(
        request, staff, "werktijden.html", status, week=await run_sync(look), faults=faults or {},
        form=request.state.form if faults else {}, done=request.query_params.get("bewaard"), channels=MeetingChannel,
        today=day_here(now),
    )  # fmt: skip


def _channels(form: dict[str, str]) -> list[str]:
    """The chosen ones; all of them is the same as none: everything that a programme allows."""
    chosen = [channel.value for channel in MeetingChannel if form.get(f"kanaal_{channel}") == "1"]
    return chosen if len(chosen) < len(MeetingChannel) else []


def _account(request: Request) -> int:
    return _id(request, "account")


def _id(request: Request, name: str) -> int:
    found = int(request.path_params[name])
    if found >= 2**63:
        raise UnknownStretch
    return found


def _back(account_id: int, done: str) -> Response:
    return RedirectResponse(f"{HERE}/{account_id}?bewaard={done}", 303)


ONE = "/werktijden/{account:int}"
PAGES = (
    page("/werktijden", show_own, roles=Role.CASEWORKER, deed="read_hours"),
    page(ONE, show_hours, roles=Role.CASEWORKER, deed="read_hours"),
    page(f"{ONE}/uren", add_stretch, roles=Role.CASEWORKER, deed="add_hours", methods=("POST",)),
    page(f"{ONE}/afwezig", add_absence, roles=Role.CASEWORKER, deed="add_time_off", methods=("POST",)),
    page("/werktijden/uren/{stretch:int}/weg", remove_stretch, roles=Role.CASEWORKER, deed="remove_hours",
         methods=("POST",)),
    page("/werktijden/afwezig/{absence:int}/weg", remove_absence, roles=Role.CASEWORKER, deed="remove_time_off",
         methods=("POST",)),
)  # fmt: skip
