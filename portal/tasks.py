"""What a caseworker has to do because the assistant could not, with the evidence, and a tick when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Role, StaffTask
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from services.clients import names_of, numbers_of
from services.errors import UnknownTask
from services.staff_tasks import open_tasks, task_done

HERE = "/portal/taken"
MOST = 100


@dataclass(frozen=True)
class Tasks:
    tasks: Sequence[StaffTask]
    more: int
    numbers: dict[int, str]
    names: dict[int, str]


async def show_tasks(request: Request, staff: Staff) -> Response:
    everybody = request.query_params.get("van") == "iedereen"

    def look() -> Tasks:
        with door_of(request).database.reading() as session:
            found = open_tasks(session, staff.municipality_id, None if everybody else staff.account_id)
            tasks = found[:MOST]
            return Tasks(
                tasks, len(found) - len(tasks),
                numbers_of(session, staff.municipality_id, [one.person_id for one in tasks]),
                names_of(session, staff.municipality_id, [one.account_id for one in tasks]),
            )  # fmt: skip

    done = "klaar" in request.query_params
    return draw(request, staff, "taken.html", shelf=await run_sync(look), everybody=everybody, done=done)


async def tick(request: Request, staff: Staff) -> Response:
    task_id = int(request.path_params["task"])
    if task_id >= 2**63:
        raise UnknownTask

    def do() -> None:
        with acting(request, staff, "task_done") as act:
            account = act.session.get_one(Account, staff.account_id)
            task_done(act.session, account, task_id, door_of(request).clock())

    await run_sync(do)
    everybody = "&van=iedereen" if request.state.form.get("van") == "iedereen" else ""
    return RedirectResponse(f"{HERE}?klaar{everybody}", 303)


PAGES = (
    page("/taken", show_tasks, roles=Role.CASEWORKER, deed="list_tasks"),
    page("/taken/{task:int}/klaar", tick, roles=Role.CASEWORKER, deed="task_done", methods=("POST",)),
)
