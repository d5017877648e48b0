"""The first time: a password of one's own, and a second factor."""

import segno
from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from portal.door import door_of
from portal.entrance import HalfWay, step_page
from portal.refuse import own_path
from portal.render import draw
from portal.sign_in import WRONG_CODE, go_on, in_writing
from services.passwords import (
    LEAST,
    PasswordCommon,
    PasswordTooLong,
    PasswordTooShort,
    WeakPassword,
    check_password,
    hash_password,
)
from services.second_factor import WrongCode, address_for_app, proposed_secret
from services.sign_in import Step, choose_password, prove_set_up, put_off

WEAK: dict[type[WeakPassword], str] = {
    PasswordTooShort: f"Dit wachtwoord is te kort. Kies er een van ten minste {LEAST} tekens.",
    PasswordTooLong: "Dit wachtwoord is te lang.",
    PasswordCommon: "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met elkaar te "
    "maken hebben.",
}
NOT_TWICE = "De twee wachtwoorden zijn niet gelijk."


async def ask_new_password(request: Request, visitor: HalfWay) -> Response:
    return _new_password_page(request, visitor)


async def give_new_password(request: Request, visitor: HalfWay) -> Response:
    door, form, account = door_of(request), request.state.form, visitor.found.account
    fault = weakness(form, account.login, account.name, visitor.found.municipality.name)
    if fault:
        return _new_password_page(request, visitor, fault, 422)
    made = await run_sync(hash_password, form["nieuw"], limiter=door.hashing)
    token = await run_sync(in_writing, request, lambda s, now: choose_password(s, door.keys, visitor.found, made, now))
    return go_on(request, token, form.get("verder", ""))


def weakness(form: dict[str, str], *own: str) -> str:
    """What is wrong with the new password of a form; empty when nothing is."""
    try:
        check_password(form.get("nieuw", ""), *own)
    except WeakPassword as error:
        return WEAK[type(error)]
    return "" if form.get("nogmaals") == form["nieuw"] else NOT_TWICE


async def ask_set_up(request: Request, visitor: HalfWay) -> Response:
    return _set_up_page(request, visitor)


async def give_set_up(request: Request, visitor: HalfWay) -> Response:
    door, form = door_of(request), request.state.form
    try:
        token = await run_sync(
            in_writing, request, lambda s, now: prove_set_up(s, door.keys, visitor.found, form.get("code", ""), now)
        )
    except WrongCode:
        return _set_up_page(request, visitor, WRONG_CODE, 401)
    return go_on(request, token, form.get("verder", ""))


async def later(request: Request, visitor: HalfWay) -> Response:
    door = door_of(request)
    token = await run_sync(in_writing, request, lambda s, now: put_off(s, door.keys, visitor.found, now))
    return go_on(request, token, request.state.form.get("verder", ""))


def square(address: str) -> Markup:
    """The square with dots that an app reads, as SVG within the page."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704  drawn by segno: dots, no text of anybody


def in_groups(secret: str) -> str:
    """In groups of four, to type over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _new_password_page(request: Request, visitor: HalfWay, fault: str = "", status: int = 200) -> Response:
    return draw(
        request, None, "inloggen_wachtwoord.html", status, token_of_form=visitor.csrf, fault=fault, least=LEAST,
        onward=_onward(request), login=visitor.found.account.login,
    )  # fmt: skip


def _set_up_page(request: Request, visitor: HalfWay, fault: str = "", status: int = 200) -> Response:
    account = visitor.found.account
    secret = proposed_secret(door_of(request).keys, account, visitor.found.session)
    return draw(
        request, None, "inloggen_instellen.html", status, token_of_form=visitor.csrf, fault=fault, demo=account.demo,
        onward=_onward(request), key=in_groups(secret), square=square(address_for_app(secret, account)),
    )  # fmt: skip


def _onward(request: Request) -> str:
    given = request.state.form.get("verder") or request.query_params.get("verder", "")
    return own_path(given) or ""


PAGES = (
    step_page("/inloggen/wachtwoord", ask_new_password, Step.CHOOSE),
    step_page("/inloggen/wachtwoord", give_new_password, Step.CHOOSE, methods=("POST",)),
    step_page("/inloggen/instellen", ask_set_up, Step.SET_UP),
    step_page("/inloggen/instellen", give_set_up, Step.SET_UP, methods=("POST",)),
    step_page("/inloggen/later", later, Step.SET_UP, methods=("POST",)),
)
