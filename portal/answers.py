"""Write another text for a topic: look at it first, save it, call a planned one off, go back to the national text."""

from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Role, Topic
from portal.answers_form import DraftForm, form_of, read_draft
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from portal.topics import look_at, look_of, revision_of, today_of
from services.answer_periods import in_force
from services.answer_topic import find_topic
from services.content.faults import Fault
from services.editing.compare import compare_texts
from services.editing.draft import check_draft
from services.editing.errors import ChangedMeanwhile, DraftRefused, NeedsConfirmation, UnknownRevision
from services.editing.preview import periods_with
from services.editing.revise import call_off, revise_answer
from services.editing.topics import go_back_to_national, has_own_text, national_topic
from services.editing.usable import usable_figures, usable_values, used_in
from services.phrases import Phrases

SAVE = "bewaar"


@dataclass(frozen=True)
class Outcome:
    """What came of sending the form."""

    form: DraftForm
    faults: tuple[Fault, ...] = ()
    mark: str = ""
    """The confirmation that is asked for."""
    theirs: int | None = None
    """The text that a colleague saved meanwhile."""
    looked: bool = False
    status: int = 200


async def write_answer(request: Request, staff: Staff) -> Response:
    """The form, with the text of today, or with the one that `uit` names."""

    def begin() -> DraftForm:
        door = door_of(request)
        with door.database.reading() as session:
            topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
            today, newest = today_of(door), topic.revisions[-1]
            chosen = revision_of(topic, request.query_params.get("uit", ""))
            return form_of(chosen or in_force(topic.revisions, today) or newest, newest.id, today)

    return await _form_page(request, staff, Outcome(await run_sync(begin)))


async def save_answer(request: Request, staff: Staff) -> Response:
    form = read_draft(request.state.form)
    if form.draft is None:
        return await _form_page(request, staff, Outcome(form, status=422))
    if form.fields.get("stap") != SAVE and not form.fields.get("bevestigd"):
        return await _form_page(request, staff, await run_sync(_looked, request, staff, form))
    try:
        planned = await run_sync(_save, request, staff, form)
    except DraftRefused as error:
        outcome = Outcome(form, error.faults, status=422)
    except NeedsConfirmation as error:
        outcome = Outcome(form, error.warnings, error.mark, status=422)
    except ChangedMeanwhile as error:
        outcome = Outcome(form, theirs=error.newest, status=409)
    else:
        return _to_topic(request, "gepland" if planned else "bewaard")
    return await _form_page(request, staff, outcome)


async def call_answer_off(request: Request, staff: Staff) -> Response:
    number = request.state.form.get("tekst", "")
    if not number.isdecimal():
        raise UnknownRevision

    def off() -> None:
        with acting(request, staff, "call_off_answer", f"topic {request.path_params['topic']}") as act:
            account = act.session.get_one(Account, staff.account_id)
            call_off(act.session, account, request.path_params["topic"], int(number), door_of(request).clock())
            act.detail["revision"] = int(number)

    await run_sync(off)
    return _to_topic(request, "ingetrokken")


async def ask_national(request: Request, staff: Staff) -> Response:
    """What will be read afterwards, before it is done."""

    def look() -> dict[str, Any]:
        door = door_of(request)
        with door.database.reading() as session:
            own = find_topic(session, staff.municipality_id, request.path_params["topic"])
            national = national_topic(session, own.name)
            old, new = (in_force(one.revisions, today_of(door)) if one else None for one in (own, national))
            return {"topic": own, "places": compare_texts(old, new) if old and new else []}

    return draw(request, staff, "onderwerp_landelijk.html", **await run_sync(look))


async def take_national(request: Request, staff: Staff) -> Response:
    def back() -> None:
        with acting(request, staff, "go_back_to_national_text") as act:
            account = act.session.get_one(Account, staff.account_id)
            go_back_to_national(act.session, account, request.path_params["topic"], door_of(request).clock())

    await run_sync(back)
    return _to_topic(request, "landelijk")


def _save(request: Request, staff: Staff, form: DraftForm) -> bool:
    """Whether it is a text for later."""
    door, draft = door_of(request), form.draft
    if draft is None:
        raise ValueError("a form without days is not saved")
    based_on = form.fields.get("gebaseerd", "")
    with acting(request, staff, "revise_answer") as act:
        revision = revise_answer(
            act.session, door.figures, act.session.get_one(Account, staff.account_id), request.path_params["topic"],
            draft, int(based_on) if based_on.isdecimal() else 0, door.clock(), form.fields.get("bevestigd", ""),
        )  # fmt: skip
        act.detail |= {"revision": revision.id, "from": revision.valid_from.isoformat()}
        return revision.valid_from > today_of(door)


def _looked(request: Request, staff: Staff, form: DraftForm) -> Outcome:
    door = door_of(request)
    with door.database.reading() as session:
        topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
        faults = check_draft(topic, form.draft, door.figures, today_of(door)) if form.draft else []
    return Outcome(form, tuple(faults), looked=True)


def _to_topic(request: Request, done: str) -> Response:
    return RedirectResponse(f"/portal/onderwerpen/{request.path_params['topic']}?gedaan={done}", 303)


async def _form_page(request: Request, staff: Staff, outcome: Outcome) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
            return _form_values(session, request, staff, topic, outcome)

    return draw(request, staff, "onderwerp_tekst.html", outcome.status, **await run_sync(look))


def _form_values(
    session: Session, request: Request, staff: Staff, topic: Topic, outcome: Outcome
) -> dict[str, Any]:  # fmt: skip
    door, form = door_of(request), outcome.form
    today = today_of(door)
    at = look_of(session, staff, dict(form.fields), today)
    theirs = revision_of(topic, str(outcome.theirs))
    mine = form.draft.as_revision(staff.municipality_id) if form.draft else None
    seen = look_at(session, door, topic, at, form.draft) if at and form.draft else None
    values = Phrases(session, at.town, "nl").values_on(today) if at else {}
    return {
        "topic": topic,
        "form": form,
        "outcome": outcome,
        "at": at,
        "seen": seen,
        "elsewhere": bool(at and staff.is_library and has_own_text(session, at.town.id, topic.name)),
        "periods": [one for one in periods_with(topic, form.draft) if one.last is None or one.last >= today]
        if form.draft
        else [],
        "theirs": theirs,
        "places": compare_texts(theirs, mine) if theirs and mine else [],
        "usable": [*usable_values(values), *usable_figures(door.figures, today)],
        "used": used_in(form.draft.texts) if form.draft else set(),
        "first_own": not staff.is_library and topic.municipality_id != staff.municipality_id,
        "today": today,
    }


PAGES = (
    page("/onderwerpen/{topic}/tekst", write_answer, roles=Role.EDITOR, deed="read_answer_form"),
    page("/onderwerpen/{topic}/tekst", save_answer, roles=Role.EDITOR, deed="look_at_answer", methods=("POST",)),
    page(
        "/onderwerpen/{topic}/intrekken", call_answer_off, roles=Role.EDITOR, deed="call_off_answer",
        methods=("POST",),
    ),
    page("/onderwerpen/{topic}/landelijk", ask_national, roles=Role.EDITOR, deed="read_topic"),
    page(
        "/onderwerpen/{topic}/landelijk", take_national, roles=Role.EDITOR, deed="go_back_to_national_text",
        methods=("POST",),
    ),
)  # fmt: skip
