"""What a caseworker sets for one person: reminders of papers, of a review and of the income form; and what was held."""

from collections.abc import Callable
from datetime import date, datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Person, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import Endpoint, Page, acting, noted, page
from portal.people import HERE, person_id, person_page
from portal.staff import Staff
from portal.typed import DayMissing, OnlyDayMissing, a_day
from services.errors import (
    InAgenda,
    NotInThePast,
    NowhereToSay,
    StillToCome,
    TooFarAway,
    TooSoon,
    UnknownProgramme,
)
from services.inviting.by_hand import note_held_by_hand
from services.people.person import find_person
from services.reminding.by_hand import remind_of_documents, remind_of_income_form, remind_of_review, stop_reminding
from services.reminding.kinds import DOCUMENTS, INCOME, REVIEW

type Deed = Callable[[Session, Account, Person, datetime], object]

NOT_DONE = (DayMissing, NotInThePast, NowhereToSay, TooFarAway, TooSoon)
NOT_NOTED = (DayMissing, InAgenda, StillToCome, UnknownProgramme)


async def set_documents(request: Request, staff: Staff) -> Response:
    def remind(session: Session, account: Account, person: Person, now: datetime) -> None:
        remind_of_documents(session, account, person, _day(request, "papieren"), now)

    return await _do(request, staff, remind, "herinnerd", "papieren")


async def set_review(request: Request, staff: Staff) -> Response:
    def remind(session: Session, account: Account, person: Person, now: datetime) -> None:
        remind_of_review(session, account, person, _day(request, "herbeoordeling"), now)

    return await _do(request, staff, remind, "herinnerd", "herbeoordeling")


async def set_income_form(request: Request, staff: Staff) -> Response:
    return await _do(request, staff, remind_of_income_form, "herinnerd", "inkomsten")


def stopping(word: str) -> Endpoint:
    async def stop(request: Request, staff: Staff) -> Response:
        def halt(session: Session, account: Account, person: Person, now: datetime) -> None:
            stop_reminding(session, account, person, word, now)

        return await _do(request, staff, halt, "gestopt")

    return stop


async def note_held(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> None:
        on = _day(request, "gehouden")
        with acting(request, staff, "note_held", programme=form.get("gesprek", "")[:40]) as act:
            account = act.session.get_one(Account, staff.account_id)
            person = find_person(act.session, staff.municipality_id, person_id(request))
            note_held_by_hand(act.session, account, person, form.get("gesprek", ""), on, now)

    try:
        await run_sync(do)
    except NOT_NOTED as error:
        return await person_page(request, staff, 422, faults={"gehouden": sentence(error)})
    return _back(request, "gehouden")


async def _do(request: Request, staff: Staff, deed: Deed, done: str, field: str = "") -> Response:
    """The verb itself notes it. What cannot be done is told beside the field."""
    door = door_of(request)

    def do() -> None:
        with door.database.writing() as session:
            account = session.get_one(Account, staff.account_id)
            deed(session, account, find_person(session, staff.municipality_id, person_id(request)), door.clock())

    try:
        await run_sync(do)
    except NOT_DONE as error:
        return await person_page(request, staff, 422, faults={field: sentence(error)})
    noted(request)
    return _back(request, done)


def _day(request: Request, field: str) -> date:
    """Raises OnlyDayMissing."""
    found = a_day(request.state.form.get(field, ""))
    if found is None:
        raise OnlyDayMissing
    return found


def _back(request: Request, done: str) -> Response:
    return RedirectResponse(f"{HERE}/{person_id(request)}?{done}", 303)


def _post(path: str, endpoint: Endpoint, deed: str) -> Page:
    return page(f"/inwoners/{{person:int}}/{path}", endpoint, roles=Role.CASEWORKER, deed=deed, methods=("POST",))


PAGES = (
    _post("papieren", set_documents, "documents_reminder"),
    _post("papieren/stop", stopping(DOCUMENTS), "reminder_stopped"),
    _post("herbeoordeling", set_review, "review_reminder"),
    _post("herbeoordeling/stop", stopping(REVIEW), "reminder_stopped"),
    _post("inkomsten", set_income_form, "income_reminder"),
    _post("inkomsten/stop", stopping(INCOME), "reminder_stopped"),
    _post("gehouden", note_held, "note_held"),
)
