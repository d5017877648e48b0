"""The lines by which a topic is recognised: look, add, move, remove, and try how a line is understood now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Example, Role, Topic
from portal.door import Understanding, door_of
from portal.guard import acting, page
from portal.render import draw
from portal.staff import Staff
from services.answer_topic import find_topic
from services.content.forms import LANGUAGES
from services.editing.changes import Changes, changes_since_live
from services.editing.examples import (
    FEW,
    Added,
    Refusal,
    add_examples,
    examples_of,
    move_examples,
    number_of_examples,
    remove_examples,
)
from services.editing.preview import municipalities_to_preview
from services.editing.topic_list import questions
from services.masking import mask
from services.tidy import READ_AT_MOST, tidy

ON_A_PAGE = 60
MOST_BYTES = 256 * 1024
"""A list of a few hundred lines may be pasted at once."""


@dataclass(frozen=True)
class Outcome:
    """What came of what was asked."""

    added: Added | None = None
    typed: str = ""
    """Lines that were not added stay in the field."""
    removed: Sequence[str] = ()
    tried: str = ""
    understanding: Understanding | None = None
    nothing_chosen: bool = False
    status: int = 200


async def show_examples(request: Request, staff: Staff) -> Response:
    return await _examples_page(request, staff, request.query_params, Outcome())


async def add(request: Request, staff: Staff) -> Response:
    form: Mapping[str, str] = request.state.form
    chosen = [text for name, text in form.items() if name.startswith("toch_")]
    lines = chosen or form.get("zinnen", "").splitlines()

    def put() -> Added:
        with acting(request, staff, "add_examples", language=_language(form)) as act:
            account = act.session.get_one(Account, staff.account_id)
            added = add_examples(
                act.session, account, request.path_params["topic"], _language(form), lines, confirmed=bool(chosen)
            )
            act.detail["number"] = len(added.texts)
            return added

    added = await run_sync(put)
    left = [one.text for one in added.refused if one.why is not Refusal.THERE]
    if added.refused or added.doubted:
        outcome = Outcome(added, typed="\n".join(left), status=200 if added.texts or added.doubted else 422)
        return await _examples_page(request, staff, form, outcome)
    return _back(request, form, f"toegevoegd&aantal={len(added.texts)}")


async def move(request: Request, staff: Staff) -> Response:
    form: Mapping[str, str] = request.state.form
    if not _chosen(form) or not form.get("naar"):
        return await _examples_page(request, staff, form, Outcome(nothing_chosen=True, status=422))

    def put() -> int:
        with acting(request, staff, "move_examples", to=form["naar"][:80]) as act:
            account = act.session.get_one(Account, staff.account_id)
            moved = move_examples(
                act.session, account, request.path_params["topic"], _chosen(form), form["naar"]
            )  # fmt: skip
            act.detail["number"] = len(moved)
            return len(moved)

    number = await run_sync(put)
    return _back(request, form, f"verplaatst&aantal={number}&naar={form['naar']}")


async def remove(request: Request, staff: Staff) -> Response:
    form: Mapping[str, str] = request.state.form
    if not _chosen(form):
        return await _examples_page(request, staff, form, Outcome(nothing_chosen=True, status=422))

    def take() -> list[str]:
        with acting(request, staff, "remove_examples") as act:
            account = act.session.get_one(Account, staff.account_id)
            removed = remove_examples(act.session, account, request.path_params["topic"], _chosen(form))
            act.detail["number"] = len(removed)
            return removed

    # No address to go on to: the lines exist only here now, with the button that puts them back.
    return await _examples_page(request, staff, form, Outcome(removed=await run_sync(take)))


async def try_line(request: Request, staff: Staff) -> Response:
    """The line is masked as one of a resident would be; it is kept nowhere."""
    form: Mapping[str, str] = request.state.form
    text = mask(tidy(form.get("zin", ""))[:READ_AT_MOST]).text
    town = await run_sync(_some_town, request, staff)
    understanding = await door_of(request).understand(text, town, _language(form)) if text and town else None
    return await _examples_page(request, staff, form, Outcome(tried=text, understanding=understanding))


async def _examples_page(
    request: Request, staff: Staff, asked: Mapping[str, str], outcome: Outcome
) -> Response:  # fmt: skip
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return _values(session, request, staff, asked)

    done = {name: request.query_params.get(name, "") for name in ("gedaan", "aantal", "naar")}
    values = await run_sync(look)
    return draw(request, staff, "voorbeelden.html", outcome.status, outcome=outcome, done=done, few=FEW, **values)


def _values(session: Session, request: Request, staff: Staff, asked: Mapping[str, str]) -> dict[str, Any]:
    language, search = _language(asked), asked.get("zoek", "").strip()
    topic: Topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
    found: Sequence[Example] = examples_of(session, topic.name, language, search)
    number = min(max(_number(asked.get("blad", "")), 1), max(-(-len(found) // ON_A_PAGE), 1))
    changes: Changes | None = changes_since_live(session) if staff.is_library else None
    return {
        "topic": topic,
        "language": language,
        "search": search,
        "numbers": {one: number_of_examples(session, topic.name).get(one, 0) for one in LANGUAGES},
        "found": len(found),
        "rows": found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        "number": number,
        "last": max(-(-len(found) // ON_A_PAGE), 1),
        "questions": questions(session, staff.municipality_id),
        "changes": changes,
    }


def _some_town(request: Request, staff: Staff) -> str:
    """The understanding is one for all, but a line is always said somewhere."""
    with door_of(request).database.reading() as session:
        towns = municipalities_to_preview(session, staff.municipality_id)
        return towns[0].slug if towns else ""


def _back(request: Request, form: Mapping[str, str], done: str) -> Response:
    address = f"/portal/onderwerpen/{request.path_params['topic']}/voorbeelden"
    return RedirectResponse(f"{address}?taal={_language(form)}&gedaan={done}", 303)


def _language(asked: Mapping[str, str]) -> str:
    return asked.get("taal", "") if asked.get("taal") in LANGUAGES else LANGUAGES[0]


def _chosen(form: Mapping[str, str]) -> list[int]:
    return [int(name[1:]) for name in form if name.startswith("v") and name[1:].isdecimal()]


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


HERE = "/onderwerpen/{topic}/voorbeelden"
PAGES = (
    page(HERE, show_examples, roles=Role.EDITOR, deed="read_examples"),
    page(HERE, add, roles=Role.EDITOR, deed="add_examples", methods=("POST",), most_bytes=MOST_BYTES),
    page(f"{HERE}/verplaats", move, roles=Role.EDITOR, deed="move_examples", methods=("POST",)),
    page(f"{HERE}/verwijder", remove, roles=Role.EDITOR, deed="remove_examples", methods=("POST",)),
    page(f"{HERE}/probeer", try_line, roles=Role.EDITOR, deed="try_line", methods=("POST",)),
)
