"""The understanding: what answers now, what is not trained yet, one button, what came of it, and the way back."""

from collections.abc import Sequence
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, ModelVersion, Role, TrainingRun
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from services.editing.changes import changes_since_live
from services.editing.errors import LibraryOnly, UnknownRun
from services.editing.topic_list import questions
from services.errors import AlreadyTraining, NoWayBack
from services.model_versions import live_version, versions_to_go_back_to
from services.publication import ask_roll_back, ask_training, find_run, run_under_way, runs


async def show_understanding(request: Request, staff: Staff) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return {**_page(session, staff), "busy": "loopt" in request.query_params}

    return draw(request, staff, "begrip.html", **await run_sync(look))


async def show_progress(request: Request, staff: Staff) -> Response:
    """The piece of the page that changes while a run is under way; an open page asks for it."""

    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return _page(session, staff)

    return draw(request, staff, "begrip_nu.html", **await run_sync(look))


async def show_run(request: Request, staff: Staff) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            run = find_run(session, request.path_params["run"])
            if run is None:
                raise UnknownRun
            return {
                "run": run,
                "names": _names(session, staff, [run]),
                "questions": questions(session, staff.municipality_id),
            }

    return draw(request, staff, "begrip_run.html", **await run_sync(look))


async def train(request: Request, staff: Staff) -> Response:
    def ask() -> None:
        if not staff.is_library:
            raise LibraryOnly
        with acting(request, staff, "ask_training") as act:
            account = act.session.get_one(Account, staff.account_id)
            act.subject = f"run {ask_training(act.session, account, door_of(request).clock()).id}"

    try:
        await run_sync(ask)
    except AlreadyTraining:
        return _to_page("loopt")  # a colleague pressed first: that run is shown
    return _to_page()


async def ask_back(request: Request, staff: Staff) -> Response:
    """What the way back means, before it is taken."""

    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return {"version": _version(session, request), "live": live_version(session)}

    return draw(request, staff, "begrip_terug.html", **await run_sync(look))


async def go_back(request: Request, staff: Staff) -> Response:
    def ask() -> None:
        if not staff.is_library:
            raise LibraryOnly
        with acting(request, staff, "ask_roll_back") as act:
            account, version = act.session.get_one(Account, staff.account_id), _version(act.session, request).version
            run = ask_roll_back(act.session, version, account, door_of(request).clock())
            act.subject, act.detail = f"run {run.id}", {"version": version}

    try:
        await run_sync(ask)
    except AlreadyTraining:
        return _to_page("loopt")
    return _to_page()


def _page(session: Session, staff: Staff) -> dict[str, Any]:
    found = runs(session)
    return {
        **_now(session, staff),
        "live": live_version(session),
        "changes": changes_since_live(session),
        "runs": found,
        "names": _names(session, staff, found),
        "back": versions_to_go_back_to(session),
    }


def _now(session: Session, staff: Staff) -> dict[str, Any]:
    """The run under way, otherwise the last one."""
    under_way = run_under_way(session)
    last = under_way or next(iter(runs(session, limit=1)), None)
    return {"under_way": under_way, "last": last, "questions": questions(session, staff.municipality_id)}


def _names(session: Session, staff: Staff, found: Sequence[TrainingRun]) -> dict[int, str]:
    """Of colleagues of the same municipality only."""
    query = select(Account.id, Account.name).where(
        Account.id.in_({run.asked_by for run in found}), Account.municipality_id == staff.municipality_id
    )
    return dict(session.execute(query).all())


def _version(session: Session, request: Request) -> ModelVersion:
    asked = request.path_params["version"]
    version = next((one for one in versions_to_go_back_to(session) if one.version == asked), None)
    if version is None:
        raise NoWayBack
    return version


def _to_page(what: str = "") -> Response:
    return RedirectResponse(f"/portal/begrip{'?' + what if what else ''}", 303)


PAGES = (
    page("/begrip", show_understanding, roles=Role.EDITOR, deed="read_understanding"),
    page("/begrip/nu", show_progress, roles=Role.EDITOR, deed="read_training", piece=True),
    page("/begrip/train", train, roles=Role.EDITOR, deed="ask_training", methods=("POST",)),
    page("/begrip/{run:int}", show_run, roles=Role.EDITOR, deed="read_training"),
    page("/begrip/terug/{version}", ask_back, roles=Role.EDITOR, deed="read_understanding"),
    page("/begrip/terug/{version}", go_back, roles=Role.EDITOR, deed="ask_roll_back", methods=("POST",)),
)
