"""Requests to get in touch: who was promised what, the number behind a click, and a tick when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, CallbackRequest, Role
from portal.conversations import number
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from services.callbacks import call_back_done, open_callbacks, phone_of
from services.conversation_list.page import rows_now
from services.conversation_list.rows import Row
from services.errors import UnknownCallback

HERE = "/portal/terugbellen"
A_PAGE = 50


@dataclass(frozen=True)
class Promises:
    requests: Sequence[CallbackRequest]
    rows: dict[int, Row]
    """What the list says of their conversations."""
    more: bool


async def show_callbacks(request: Request, staff: Staff) -> Response:
    return await _page(request, staff)


async def show_number(request: Request, staff: Staff) -> Response:
    """By a post, so that it is noted who saw which number, and nothing shows one unasked."""
    door, callback_id = door_of(request), _id(request)

    def look() -> str | None:
        with acting(request, staff, "read_phone_number") as act:
            account = act.session.get_one(Account, staff.account_id)
            return phone_of(act.session, door.keys, account, callback_id)

    return await _page(request, staff, {callback_id: await run_sync(look)})


async def tick(request: Request, staff: Staff) -> Response:
    door, callback_id = door_of(request), _id(request)

    def do() -> int:
        with acting(request, staff, "call_back_done") as act:
            account = act.session.get_one(Account, staff.account_id)
            return call_back_done(act.session, account, callback_id, door.clock()).conversation_id

    door.wake(await run_sync(do))
    return RedirectResponse(f"{HERE}?gebeld", 303)


async def _page(request: Request, staff: Staff, numbers: dict[int, str | None] | None = None) -> Response:
    door, skip = door_of(request), number(request.query_params.get("vanaf", "")) or 0

    def look() -> Promises:
        with door.database.reading() as session:
            found = open_callbacks(session, staff.municipality_id, A_PAGE + 1, skip)
            rows = rows_now(session, staff.municipality_id, [one.conversation_id for one in found])
            return Promises(found[:A_PAGE], {row.id: row for row in rows}, len(found) > A_PAGE)

    return draw(
        request, staff, "terugbellen.html", promises=await run_sync(look), numbers=numbers or {},
        done="gebeld" in request.query_params,
        newer=f"{HERE}?vanaf={max(skip - A_PAGE, 0)}" if skip else None, older=f"{HERE}?vanaf={skip + A_PAGE}",
    )  # fmt: skip


def _id(request: Request) -> int:
    found = int(request.path_params["callback"])
    if found >= 2**63:
        raise UnknownCallback
    return found


PAGES = (
    page("/terugbellen", show_callbacks, roles=Role.CASEWORKER, deed="list_callbacks"),
    page(
        "/terugbellen/{callback:int}/nummer",
        show_number,
        roles=Role.CASEWORKER,
        deed="read_phone_number",
        methods=("POST",),
    ),
    page("/terugbellen/{callback:int}/gebeld", tick, roles=Role.CASEWORKER, deed="call_back_done", methods=("POST",)),
)
