"""What a caseworker has to do because the assistant could not, with the evidence, and a tick when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Role, StaffTask, TaskKind
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_number
from services.clients import names_of, numbers_of
from services.errors import UnknownTask
from services.staff_tasks import TasksWanted, Whose, count_tasks, list_tasks, task_open_again, tasks_done

HERE = "/portal/taken"
A_PAGE = 50
FIELD = "taak_"
"""Before the number of a task that is to be ticked with others."""
WHOSE = {Whose.OWN_AND_TEAM: "", Whose.OWN: "mij", Whose.TEAM: "team", Whose.EVERYBODY: "iedereen"}
KINDS = {
    TaskKind.NO_ANSWER: "geen-antwoord",
    TaskKind.NOT_REACHED: "niet-bereikt",
    TaskKind.ASKED_FIRST_TALK: "eerste-gesprek",
    TaskKind.NO_SLOT: "geen-tijd",
    TaskKind.OUTCOME_MISSING: "hoe-ging-het",
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, in the words of the address."""

    whose: Whose = Whose.OWN_AND_TEAM
    kind: TaskKind | None = None
    done: bool = False
    skip: int = 0

    def address(self, **other: Any) -> str:
        """The same, but for what is told; from the beginning, unless that is told as well."""
        return replace(self, **{"skip": 0, **other}).at(HERE)

    def at(self, path: str, **done: str) -> str:
        told = {
            "van": WHOSE[self.whose],
            "soort": KINDS[self.kind] if self.kind else "",
            "staat": "klaar" if self.done else "",
            "vanaf": str(self.skip or ""),
        }
        kept = {name: value for name, value in (told | done).items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    def wanted(self, staff: Staff) -> TasksWanted:
        return TasksWanted(staff.account_id, self.whose, self.kind, self.done)


@dataclass(frozen=True)
class Tasks:
    tasks: Sequence[StaffTask]
    more: bool
    counts: dict[TaskKind, int]
    numbers: dict[int, str]
    names: dict[int, str]


async def show_tasks(request: Request, staff: Staff) -> Response:
    asked, wanted = asked_for(request.query_params), asked_for(request.query_params).wanted(staff)

    def look() -> Tasks:
        with door_of(request).database.reading() as session:
            found = list_tasks(session, staff.municipality_id, wanted, A_PAGE + 1, asked.skip)
            tasks = found[:A_PAGE]
            colleagues = [one.account_id for one in tasks] + [one.done_by for one in tasks]
            return Tasks(
                tasks, len(found) > A_PAGE, count_tasks(session, staff.municipality_id, wanted),
                numbers_of(session, staff.municipality_id, [one.person_id for one in tasks]),
                names_of(session, staff.municipality_id, colleagues),
            )  # fmt: skip

    given = request.query_params
    return draw(
        request, staff, "taken.html", shelf=await run_sync(look), asked=asked, whose=WHOSE, kinds=KINDS,
        newer=asked.address(skip=max(asked.skip - A_PAGE, 0)) if asked.skip else None,
        older=asked.address(skip=asked.skip + A_PAGE), ticked=a_number(given.get("afgevinkt", "")),
        back="terug" in given,
    )  # fmt: skip


async def tick(request: Request, staff: Staff) -> Response:
    task_id = _id(request)

    def do() -> int:
        with acting(request, staff, "task_done") as act:
            account = act.session.get_one(Account, staff.account_id)
            return tasks_done(act.session, account, [task_id], door_of(request).clock())

    await run_sync(do)
    return RedirectResponse(asked_for(request.query_params).at(HERE, afgevinkt="1"), 303)


async def tick_several(request: Request, staff: Staff) -> Response:
    names = (name.removeprefix(FIELD) for name in request.state.form if name.startswith(FIELD))
    chosen = sorted({number for number in map(a_number, names) if number is not None})

    def do() -> int:
        with acting(request, staff, "tasks_done", tasks=chosen) as act:
            account = act.session.get_one(Account, staff.account_id)
            return tasks_done(act.session, account, chosen, door_of(request).clock())

    ticked = await run_sync(do) if chosen else 0
    return RedirectResponse(asked_for(request.query_params).at(HERE, afgevinkt=str(ticked)), 303)


async def open_again(request: Request, staff: Staff) -> Response:
    task_id = _id(request)

    def do() -> None:
        with acting(request, staff, "task_open_again") as act:
            task_open_again(act.session, act.session.get_one(Account, staff.account_id), task_id)

    await run_sync(do)
    return RedirectResponse(asked_for(request.query_params).at(HERE, terug="1"), 303)


def asked_for(given: QueryParams) -> Asked:
    whose = next((one for one, word in WHOSE.items() if word == given.get("van", "")), Whose.OWN_AND_TEAM)
    kind = next((one for one, word in KINDS.items() if word == given.get("soort")), None)
    return Asked(whose, kind, given.get("staat") == "klaar", a_number(given.get("vanaf", "")[:9]) or 0)


def _id(request: Request) -> int:
    found = int(request.path_params["task"])
    if found >= 2**63:
        raise UnknownTask
    return found


POST = ("POST",)
PAGES = (
    page("/taken", show_tasks, roles=Role.CASEWORKER, deed="list_tasks"),
    page("/taken/klaar", tick_several, roles=Role.CASEWORKER, deed="tasks_done", methods=POST),
    page("/taken/{task:int}/klaar", tick, roles=Role.CASEWORKER, deed="task_done", methods=POST),
    page("/taken/{task:int}/terug", open_again, roles=Role.CASEWORKER, deed="task_open_again", methods=POST),
)
