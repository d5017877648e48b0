"""People of whom there is a case: the list, a new one, and the page of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, BenefitKind, Municipality, Perspective, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_birthday, a_number
from services.agenda.programmes import Programme, programmes_of
from services.calendar import day_here
from services.client_page import ClientPage, read_client
from services.clients import (
    BornWrong,
    ClientRow,
    Facts,
    NumberMissing,
    change_facts,
    check_facts,
    client_number_of,
    list_clients,
)
from services.errors import PersonExists, UnknownPerson
from services.inviting.due import next_of_each
from services.people.person import add_person, find_person
from services.tidy import tidy
from services.working_week import caseworkers

HERE = "/portal/inwoners"
A_PAGE = 50
FIELD_OF = {NumberMissing: "nummer", PersonExists: "nummer", BornWrong: "geboren"}
"""Beside which field the fault is told."""
DONE = (
    "bewaard", "ingetrokken", "losgemaakt", "gepland", "gehouden", "herinnerd", "gestopt", "niet-uitgenodigd",
    "weer-uitgenodigd",
)  # fmt: skip
"""What was just done, as the address says it."""


@dataclass(frozen=True)
class Shelf:
    rows: Sequence[ClientRow]
    more: bool


async def show_people(request: Request, staff: Staff) -> Response:
    asked, door = request.query_params, door_of(request)
    number, skip = tidy(asked.get("zoek", ""))[:40], a_number(asked.get("vanaf", "")) or 0
    mine = staff.account_id if asked.get("van") == "mij" else None

    def look() -> Shelf:
        with door.database.reading() as session:
            found = list_clients(session, staff.municipality_id, number, mine, door.clock(), A_PAGE + 1, skip)
            return Shelf(found[:A_PAGE], len(found) > A_PAGE)

    return draw(
        request, staff, "inwoners.html", shelf=await run_sync(look), number=number, mine=mine is not None,
        newer=_address(asked, max(skip - A_PAGE, 0)) if skip else None, older=_address(asked, skip + A_PAGE),
    )  # fmt: skip


async def begin_person(request: Request, staff: Staff) -> Response:
    return await _form(request, staff)


async def add(request: Request, staff: Staff) -> Response:
    form, now = request.state.form, door_of(request).clock()

    def do() -> int:
        with acting(request, staff, "add_person") as act:
            number = client_number_of(form.get("nummer", ""))
            facts = check_facts(act.session, staff.municipality_id, facts_of(form), day_here(now))
            person = add_person(act.session, staff.municipality_id, number, now, **facts)
            act.session.flush()
            act.subject = f"person {person.id}"
            return person.id

    try:
        return RedirectResponse(f"{HERE}/{await run_sync(do)}?bewaard", 303)
    except tuple(FIELD_OF) as error:
        return await _form(request, staff, {FIELD_OF[type(error)]: sentence(error)}, 422)


async def show_person(request: Request, staff: Staff) -> Response:
    return await person_page(request, staff)


async def change(request: Request, staff: Staff) -> Response:
    form, today = request.state.form, day_here(door_of(request).clock())

    def do() -> None:
        with acting(request, staff, "change_person") as act:
            person = find_person(act.session, staff.municipality_id, person_id(request))
            change_facts(act.session, person, facts_of(form), today)

    try:
        await run_sync(do)
    except BornWrong as error:
        return await person_page(request, staff, 422, faults={"geboren": sentence(error)})
    return RedirectResponse(f"{HERE}/{person_id(request)}?bewaard", 303)


async def person_page(request: Request, staff: Staff, status: int = 200, **told: Any) -> Response:
    """The page of one person. `told`: a code that was just made, or what was wrong with a form."""
    door, now = door_of(request), door_of(request).clock()

    def look() -> dict[str, Any]:
        with door.database.reading() as session:
            shown: ClientPage = read_client(session, staff.municipality_id, person_id(request), now)
            town = session.get_one(Municipality, staff.municipality_id)
            programmes: dict[str, Programme] = programmes_of(town)
            return {
                "shown": shown,
                "programmes": programmes,
                "due": next_of_each(session, town, shown.person, day_here(now)),
                "colleagues": caseworkers(session, staff.municipality_id),
            }

    extra = {"code": None, "chat": None, "faults": {}, "form": {}, "done": _done(request)} | told
    if extra["faults"]:
        extra["form"] = request.state.form
    return draw(
        request, staff, "inwoner.html", status, **await run_sync(look), **extra, today=day_here(now),
        perspectives=Perspective, benefits=BenefitKind,
    )  # fmt: skip


async def _form(request: Request, staff: Staff, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    def look() -> Sequence[Account]:
        with door_of(request).database.reading() as session:
            return caseworkers(session, staff.municipality_id)

    return draw(
        request, staff, "inwoner_nieuw.html", status, colleagues=await run_sync(look), faults=faults or {},
        form=request.state.form, person=None,
    )  # fmt: skip


def facts_of(form: dict[str, str]) -> Facts:
    return Facts(
        born_on=a_birthday(form.get("geboren", "")),
        perspective=Perspective(form["perspectief"]) if form.get("perspectief") in set(Perspective) else None,
        benefit=BenefitKind(form["uitkering"]) if form.get("uitkering") in set(BenefitKind) else BenefitKind.ALGEMEEN,
        caseworker_id=a_number(form.get("klantmanager", "")),
        interpreter=form.get("tolk"),
        access_needs=form.get("nodig"),
    )


def person_id(request: Request) -> int:
    found = int(request.path_params["person"])
    if found >= 2**63:
        raise UnknownPerson
    return found


def _done(request: Request) -> str | None:
    return next((word for word in DONE if word in request.query_params), None)


def _address(asked: QueryParams, skip: int) -> str:
    kept = {name: asked[name] for name in ("zoek", "van") if asked.get(name)}
    return f"{HERE}?{urlencode(kept | {'vanaf': str(skip)})}"


PAGES = (
    page("/inwoners", show_people, roles=Role.CASEWORKER, deed="list_people"),
    page("/inwoners/nieuw", begin_person, roles=Role.CASEWORKER, deed="begin_person"),
    page("/inwoners/nieuw", add, roles=Role.CASEWORKER, deed="add_person", methods=("POST",)),
    page("/inwoners/{person:int}", show_person, roles=Role.CASEWORKER, deed="read_person"),
    page("/inwoners/{person:int}", change, roles=Role.CASEWORKER, deed="change_person", methods=("POST",)),
)
