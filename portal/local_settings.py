"""What answers need to know of a municipality: all of it on one page, and one of them to fill in."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Municipality, Role
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.setting_names import GROUPS, NAMES, USED_ELSEWHERE, WHEN_EMPTY
from portal.setting_words import told_misfit
from portal.staff import Staff
from portal.topics import today_of
from services.town_settings.errors import SettingsChanged, SettingsRefused
from services.town_settings.local import Kind, change_setting, find_setting
from services.town_settings.local_view import Shown, show_settings
from services.town_settings.town import mark_of

HERE = "/portal/instellingen/antwoorden"
ROLES = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
PARTS = ("years", "alone", "couple", "until")
AMOUNTS = ("alone", "couple")
YES_NO = {"ja": True, "nee": False}


async def show_all(request: Request, staff: Staff) -> Response:
    shown = await run_sync(_look, request, staff)
    return draw(
        request, staff, "instellingen_antwoorden.html", shown=shown, **_words(), done="bewaard" in request.query_params
    )


async def show_one(request: Request, staff: Staff) -> Response:
    return await _one(request, staff)


async def change(request: Request, staff: Staff) -> Response:
    form, name = request.state.form, request.path_params["setting"]
    value = value_in(find_setting(name).kind, form)

    def do() -> None:
        with acting(request, staff, "change_local_setting") as act:
            changed = change_setting(act.session, staff.municipality_id, name, value, form.get("gezien", ""))
            act.detail |= {"changed": changed, "filled": value is not None}

    try:
        await run_sync(do)
    except SettingsRefused as error:
        wrong = {misfit.where.partition(".")[2] or "waarde": told_misfit(misfit) for misfit in reversed(error.misfits)}
        return await _one(request, staff, wrong, 422)
    except SettingsChanged:
        return await _one(
            request, staff, {"": "Een collega veranderde dit intussen. Bewaar opnieuw om dit te houden."}, 409
        )
    return RedirectResponse(f"{HERE}?bewaard#{name}", 303)


def value_in(kind: Kind, form: dict[str, str]) -> Any:
    """As it would stand in a content file; None when nothing is filled in. What does not fit is found there."""
    typed = form.get("waarde", "").strip()
    if kind is Kind.YES_NO:
        return YES_NO.get(typed, typed or None)
    if kind is not Kind.SUPPLEMENT:
        return typed or None
    parts = {name: form.get(name, "").strip() or None for name in PARTS}
    if not any(parts.values()):
        return None
    return parts | {name: (parts[name] or "").replace(".", "").replace(",", ".") for name in AMOUNTS}


def fields_of(kind: Kind, value: Any) -> dict[str, str]:
    """The other way round."""
    if value is None:
        return {}
    if kind is Kind.SUPPLEMENT:
        return {name: str(value[name]).replace(".", ",") for name in PARTS}
    if kind is Kind.YES_NO:
        return {"waarde": "ja" if value else "nee"}
    return {"waarde": str(value)}


def _look(request: Request, staff: Staff) -> dict[str, Shown]:
    door = door_of(request)
    with door.database.reading() as session:
        town = session.get_one(Municipality, staff.municipality_id)
        return {one.setting.name: one for one in show_settings(session, town, today_of(door))}


async def _one(request: Request, staff: Staff, wrong: dict[str, str] | None = None, status: int = 200) -> Response:
    setting = find_setting(request.path_params["setting"])
    one = (await run_sync(_look, request, staff))[setting.name]
    typed = request.state.form if wrong else {}
    # After a colleague's change the newest is what was seen: saving once more is meant.
    seen = typed.get("gezien", "") if wrong and "" not in wrong else mark_of(one.value)
    return draw(
        request, staff, "instelling_antwoord.html", status, one=one, seen=seen, wrong=wrong or {},
        fields=typed or fields_of(setting.kind, one.value), **_words(),
    )  # fmt: skip


def _words() -> dict[str, Any]:
    return {"groups": GROUPS, "names": NAMES, "elsewhere": USED_ELSEWHERE, "when_empty": WHEN_EMPTY}


ONE = "/instellingen/antwoorden/{setting}"
PAGES = (
    page("/instellingen/antwoorden", show_all, roles=ROLES, deed="list_local_settings"),
    page(ONE, show_one, roles=ROLES, deed="read_local_setting"),
    page(ONE, change, roles=ROLES, deed="change_local_setting", methods=("POST",)),
)
