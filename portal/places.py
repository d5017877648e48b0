"""The locations of the municipality and their rooms: where residents come, and how they get in."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Location, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_number
from services.places import (
    PlaceNamedAlready,
    PlaceUnnamed,
    UnknownLocation,
    UnknownRoom,
    add_room,
    get_location,
    keep_location,
    list_locations,
    open_or_close_room,
    rooms_of,
)

HERE = "/portal/plekken"
SEATS = 4


async def show_places(request: Request, staff: Staff) -> Response:
    return await _list(request, staff)


async def add(request: Request, staff: Staff) -> Response:
    def do() -> int:
        with acting(request, staff, "add_location") as act:
            made = keep_location(act.session, staff.municipality_id, None, **_words(request.state.form))
            act.subject = f"location {made.id}"
            return made.id

    try:
        return RedirectResponse(f"{HERE}/{await run_sync(do)}?bewaard", 303)
    except (PlaceUnnamed, PlaceNamedAlready) as error:
        return await _list(request, staff, sentence(error), 422)


async def show_place(request: Request, staff: Staff) -> Response:
    return await _one(request, staff)


async def change(request: Request, staff: Staff) -> Response:
    def do() -> None:
        with acting(request, staff, "change_location") as act:
            place = get_location(act.session, staff.municipality_id, _id(request))
            keep_location(act.session, staff.municipality_id, place, **_words(request.state.form))

    try:
        await run_sync(do)
    except (PlaceUnnamed, PlaceNamedAlready) as error:
        return await _one(request, staff, {"plek": sentence(error)}, 422)
    return RedirectResponse(f"{HERE}/{_id(request)}?bewaard", 303)


async def new_room(request: Request, staff: Staff) -> Response:
    form = request.state.form

    def do() -> None:
        with acting(request, staff, "add_room") as act:
            place = get_location(act.session, staff.municipality_id, _id(request))
            seats = a_number(form.get("stoelen", "")) or SEATS
            add_room(act.session, place, form.get("kamer", ""), seats, form.get("kamer_toegankelijk") == "1")

    try:
        await run_sync(do)
    except (PlaceUnnamed, PlaceNamedAlready) as error:
        return await _one(request, staff, {"kamer": sentence(error)}, 422)
    return RedirectResponse(f"{HERE}/{_id(request)}?bewaard", 303)


async def turn_room(request: Request, staff: Staff) -> Response:
    number = int(request.path_params["room"])
    if number >= 2**63:
        raise UnknownRoom

    def do() -> int:
        with acting(request, staff, "open_or_close_room") as act:
            room = open_or_close_room(act.session, staff.municipality_id, number)
            act.detail["open"] = room.open
            return room.location_id

    return RedirectResponse(f"{HERE}/{await run_sync(do)}?bewaard", 303)


async def _list(request: Request, staff: Staff, fault: str = "", status: int = 200) -> Response:
    def look() -> list[tuple[Location, int]]:
        with door_of(request).database.reading() as session:
            places = list_locations(session, staff.municipality_id)
            return [(place, sum(room.open for room in rooms_of(session, place))) for place in places]

    form = request.state.form if fault else {}
    return draw(request, staff, "plekken.html", status, places=await run_sync(look), fault=fault, form=form)


async def _one(request: Request, staff: Staff, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            place = get_location(session, staff.municipality_id, _id(request))
            return {"place": place, "rooms": rooms_of(session, place)}

    return draw(
        request, staff, "plek.html", status, **await run_sync(look), faults=faults or {},
        form=request.state.form if faults else {}, saved="bewaard" in request.query_params,
    )  # fmt: skip


def _words(form: dict[str, str]) -> dict[str, Any]:
    return {
        "name": form.get("naam", ""),
        "address": form.get("adres", ""),
        "directions": form.get("weg", ""),
        "accessible": form.get("toegankelijk") == "1",
        "open_": form.get("open") == "1",
    }


def _id(request: Request) -> int:
    found = int(request.path_params["location"])
    if found >= 2**63:
        raise UnknownLocation
    return found


ONE = "/plekken/{location:int}"
PAGES = (
    page("/plekken", show_places, roles=Role.CASEWORKER, deed="list_locations"),
    page("/plekken", add, roles=Role.CASEWORKER, deed="add_location", methods=("POST",)),
    page(ONE, show_place, roles=Role.CASEWORKER, deed="read_location"),
    page(ONE, change, roles=Role.CASEWORKER, deed="change_location", methods=("POST",)),
    page(f"{ONE}/kamers", new_room, roles=Role.CASEWORKER, deed="add_room", methods=("POST",)),
    page("/plekken/kamers/{room:int}", turn_room, roles=Role.CASEWORKER, deed="open_or_close_room", methods=("POST",)),
)
