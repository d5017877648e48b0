"""The kinds of conversation of a municipality: see them, add one, change it, switch it off and on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Municipality, Role
from portal.door import door_of
from portal.guard import acting, page
from portal.programme_form import CHOICES, NEW, field_of, fields_of, moments, told_in
from portal.render import draw
from portal.setting_words import told_misfit
from portal.staff import Staff
from services.agenda.programmes import Programme, programmes_of, read_programme
from services.content.forms import LANGUAGES
from services.inviting.find import number_maybe_due
from services.inviting.remind import words_of_invitation
from services.phrases import Phrases
from services.town_settings.effects import standing
from services.town_settings.errors import SettingsChanged, SettingsQuestion, SettingsRefused
from services.town_settings.programmes import add_programme, change_programme, switch_programme, told_of
from services.town_settings.town import mark_of
from services.words import Words

HERE = "/portal/instellingen"
ROLES = frozenset({Role.EDITOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Outcome:
    """What came of sending the form; nothing yet when it is only opened."""

    fields: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    """By field."""
    question: SettingsQuestion | None = None
    changed: bool = False
    """A colleague was first."""
    status: int = 200


async def show_programmes(request: Request, staff: Staff) -> Response:
    now = door_of(request).clock()

    def look() -> list[Any]:
        with door_of(request).database.reading() as session:
            town = session.get_one(Municipality, staff.municipality_id)
            return [(one, standing(session, town.id, one.key, now)) for one in programmes_of(town).values()]

    return draw(request, staff, "instellingen.html", rows=await run_sync(look))


async def begin_programme(request: Request, staff: Staff) -> Response:
    return await _form(request, staff, Outcome(NEW))


async def add(request: Request, staff: Staff) -> Response:
    now, fields = door_of(request).clock(), request.state.form

    def do() -> str:
        with acting(request, staff, "add_programme") as act:
            sure = fields.get("bevestigd", "")
            key = add_programme(act.session, staff.municipality_id, told_in(fields), now, sure)
            act.subject = f"programme {key}"
            return key

    return await _try(request, staff, do)


async def show_programme(request: Request, staff: Staff) -> Response:
    def look() -> dict[str, str]:
        with door_of(request).database.reading() as session:
            told = told_of(session.get_one(Municipality, staff.municipality_id), request.path_params["programme"])
            return fields_of(told) | {"gezien": mark_of(told)}

    return await _form(request, staff, Outcome(await run_sync(look)))


async def change(request: Request, staff: Staff) -> Response:
    now, fields, key = door_of(request).clock(), request.state.form, request.path_params["programme"]

    def do() -> str:
        with acting(request, staff, "change_programme") as act:
            seen, sure = fields.get("gezien", ""), fields.get("bevestigd", "")
            changed = change_programme(act.session, staff.municipality_id, key, told_in(fields), seen, now, sure)
            act.detail["settings"] = list(changed)
            return str(key)

    return await _try(request, staff, do)


async def switch(request: Request, staff: Staff) -> Response:
    key, on = request.path_params["programme"], request.state.form.get("aan") == "1"

    def do() -> str:
        with acting(request, staff, "switch_programme", on=on) as act:
            switch_programme(act.session, staff.municipality_id, key, on)
            return str(key)

    try:
        await run_sync(do)
    except SettingsRefused as error:
        return await _form(request, staff, await run_sync(_as_kept, request, staff, _wrong(error)))
    return RedirectResponse(f"{HERE}/soorten/{key}?gedaan={'aan' if on else 'uit'}", 303)


async def _try(request: Request, staff: Staff, do: Callable[[], str]) -> Response:
    fields = request.state.form
    try:
        key = await run_sync(do)
    except SettingsRefused as error:
        return await _form(request, staff, Outcome(fields, _wrong(error), status=422))
    except SettingsQuestion as error:
        return await _form(request, staff, Outcome(fields, question=error))
    except SettingsChanged:
        return await _form(request, staff, Outcome(fields, changed=True, status=409))
    return RedirectResponse(f"{HERE}/soorten/{key}?gedaan=bewaard", 303)


def _wrong(error: SettingsRefused) -> dict[str, str]:
    return {field_of(misfit): told_misfit(misfit) for misfit in reversed(error.misfits)}


def _as_kept(request: Request, staff: Staff, wrong: Mapping[str, str]) -> Outcome:
    with door_of(request).database.reading() as session:
        told = told_of(session.get_one(Municipality, staff.municipality_id), request.path_params["programme"])
    return Outcome(fields_of(told) | {"gezien": mark_of(told)}, wrong, status=422)


async def _form(request: Request, staff: Staff, outcome: Outcome) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return _values(session, request, staff, outcome)

    done = request.query_params.get("gedaan", "")
    return draw(request, staff, "instelling_soort.html", outcome.status, **await run_sync(look), done=done)


def _values(session: Session, request: Request, staff: Staff, outcome: Outcome) -> dict[str, Any]:
    """`kept`: as residents meet it now; `seen`: as they would with what was sent, or else do."""
    now, key = door_of(request).clock(), request.path_params.get("programme")
    town = session.get_one(Municipality, staff.municipality_id)
    told = told_of(town, key) if key else None
    kept = read_programme(told) if told else None
    seen = read_programme(outcome.question.told) if outcome.question else kept
    return {
        "outcome": outcome, "fields": outcome.fields, "kept": kept, "seen": seen, "newest": mark_of(told),
        "standing": standing(session, town.id, key, now) if key else None,
        "if_on": number_maybe_due(session, town, replace(kept, in_use=True), now) if kept and not kept.in_use else 0,
        "words": _invitation(session, town, seen) if seen and seen.months else {},
        "moments": moments(outcome.fields), "choices": CHOICES,
    }  # fmt: skip


def _invitation(session: Session, town: Municipality, programme: Programme) -> dict[str, Words]:
    return {one: words_of_invitation(Phrases(session, town, one), programme) for one in LANGUAGES}


ONE = "/instellingen/soorten/{programme}"
POST = ("POST",)
PAGES = (
    page("/instellingen", show_programmes, roles=ROLES, deed="list_programmes"),
    page("/instellingen/nieuw", begin_programme, roles=ROLES, deed="begin_programme"),
    page("/instellingen/nieuw", add, roles=ROLES, deed="look_at_programme", methods=POST),
    page(ONE, show_programme, roles=ROLES, deed="read_programme"),
    page(ONE, change, roles=ROLES, deed="look_at_programme", methods=POST),
    page(f"{ONE}/gebruik", switch, roles=ROLES, deed="switch_programme", methods=POST),
)
