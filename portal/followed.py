"""What is followed of a person: agreements that are ticked or dropped, and a period in which he tells what he does."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, noted, page
from portal.people import HERE, person_id, person_page
from portal.staff import Staff
from portal.typed import DayMissing, OnlyDayMissing, a_day
from services.agreements import agreement_done, drop_agreement, find_agreement
from services.effort.period import end_search_period, start_search_period
from services.errors import NotInThePast, TooFarAway, UnknownAgreement, UnknownPeriod
from services.people.person import find_person


async def tick_agreement(request: Request, staff: Staff) -> Response:
    door, agreement_id = door_of(request), _id(request, "agreement", UnknownAgreement)

    def do() -> int:
        with acting(request, staff, "agreement_done") as act:
            found = find_agreement(act.session, staff.municipality_id, agreement_id)
            agreement_done(act.session, found, door.clock())
            return found.person_id

    return _back(await run_sync(do))


async def drop(request: Request, staff: Staff) -> Response:
    door, agreement_id = door_of(request), _id(request, "agreement", UnknownAgreement)

    def do() -> int:
        with door.database.writing() as session:
            account = session.get_one(Account, staff.account_id)
            return drop_agreement(session, account, agreement_id, door.clock()).person_id

    person = await run_sync(do)
    noted(request)
    return _back(person)


async def start_period(request: Request, staff: Staff) -> Response:
    door, form = door_of(request), request.state.form

    def do() -> None:
        begins_on = a_day(form.get("begint", ""))
        if begins_on is None:
            raise OnlyDayMissing
        with door.database.writing() as session:
            account, ends_on = session.get_one(Account, staff.account_id), a_day(form.get("eindigt", ""))
            person = find_person(session, staff.municipality_id, person_id(request))
            start_search_period(session, door.figures, account, person, begins_on, door.clock(), ends_on)

    try:
        await run_sync(do)
    except (DayMissing, NotInThePast, TooFarAway) as error:
        return await person_page(request, staff, 422, faults={"zoektijd": sentence(error)})
    noted(request)
    return _back(person_id(request))


async def stop_period(request: Request, staff: Staff) -> Response:
    door, period_id = door_of(request), _id(request, "period", UnknownPeriod)

    def do() -> int:
        with door.database.writing() as session:
            account = session.get_one(Account, staff.account_id)
            return end_search_period(session, account, period_id, door.clock()).person_id

    person = await run_sync(do)
    noted(request)
    return _back(person)


def _id(request: Request, name: str, unknown: type[Exception]) -> int:
    found = int(request.path_params[name])
    if found >= 2**63:
        raise unknown
    return found


def _back(person: int) -> Response:
    return RedirectResponse(f"{HERE}/{person}?bewaard", 303)


AGREED, POST = "/inwoners/afgesproken/{agreement:int}", ("POST",)
PAGES = (
    page(f"{AGREED}/gedaan", tick_agreement, roles=Role.CASEWORKER, deed="agreement_done", methods=POST),
    page(f"{AGREED}/vervalt", drop, roles=Role.CASEWORKER, deed="agreement_dropped", methods=POST),
    page("/inwoners/{person:int}/zoektijd", start_period, roles=Role.CASEWORKER, deed="search_period_started",
         methods=POST),
    page("/inwoners/zoektijd/{period:int}/stop", stop_period, roles=Role.CASEWORKER, deed="search_period_ended",
         methods=POST),
)  # fmt: skip
