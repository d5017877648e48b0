"""Signing in: login and password, then the code. Each step that succeeds gives the browser a new token."""

from collections.abc import Callable
from datetime import datetime
from math import ceil
from urllib.parse import quote

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.cookie import set_token
from portal.door import door_of
from portal.entrance import HalfWay, Visitor, entrance, step_page
from portal.refuse import SIGN_IN, STEPS, own_path
from portal.render import draw
from services.brake import TooManyTries
from services.passwords import compare
from services.second_factor import WrongCode
from services.sign_in import (
    OneTimeExpired,
    SignInRefused,
    Step,
    begin,
    count_code,
    note_refused,
    prove_code,
    prove_password,
)

REFUSED = "Deze gegevens kloppen niet. Controleer uw gebruikersnaam en wachtwoord."
EXPIRED = "Dit eenmalige wachtwoord is verlopen. Vraag uw beheerder om een nieuw wachtwoord."
WRONG_CODE = "Deze code klopt niet. Kijk in uw app wat de code nu is. Elke code werkt één keer."


async def ask_password(request: Request, visitor: Visitor) -> Response:
    if visitor.found is not None and "opnieuw" not in request.query_params:
        return RedirectResponse(STEPS[visitor.step] if visitor.step else "/portal/", 303)
    return _password_page(request, visitor, onward=request.query_params.get("verder", ""))


async def give_password(request: Request, visitor: Visitor) -> Response:
    form = request.state.form
    login, onward = form.get("login", ""), form.get("verder", "")
    try:
        token = await _try_password(request, login, form.get("wachtwoord", ""))
    except TooManyTries as error:
        return _password_page(request, visitor, login, onward, too_many(error, door_of(request).clock()), 429)
    except SignInRefused:
        return _password_page(request, visitor, login, onward, REFUSED, 401)
    except OneTimeExpired:
        return _password_page(request, visitor, login, onward, EXPIRED, 401)
    return go_on(request, token, onward)


async def _try_password(request: Request, login: str, password: str) -> str:
    """Counted, then compared outside of any transaction, then settled."""
    door = door_of(request)
    address = request.client.host if request.client and door.sees_addresses else None
    attempt = await run_sync(in_writing, request, lambda s, now: begin(s, door.keys, login, address, now))
    compared = await run_sync(compare, attempt.password_hash, password, limiter=door.hashing)
    try:
        return await run_sync(in_writing, request, lambda s, now: prove_password(s, door.keys, attempt, compared, now))
    except (SignInRefused, OneTimeExpired):
        await run_sync(in_writing, request, lambda s, now: note_refused(s, attempt, now))
        raise


async def ask_code(request: Request, visitor: HalfWay) -> Response:
    return _code_page(request, visitor)


async def give_code(request: Request, visitor: HalfWay) -> Response:
    door, form = door_of(request), request.state.form
    try:
        await run_sync(in_writing, request, lambda s, now: count_code(s, door.keys, visitor.found.account.id, now))
        token = await run_sync(
            in_writing, request, lambda s, now: prove_code(s, door.keys, visitor.found, form.get("code", ""), now)
        )
    except TooManyTries as error:
        return _code_page(request, visitor, too_many(error, door.clock()), 429)
    except WrongCode:
        return _code_page(request, visitor, WRONG_CODE, 401)
    return go_on(request, token, form.get("verder", ""))


def go_on(request: Request, token: str, onward: str) -> Response:
    """With the new token, by way of the steps that are left, to where somebody wanted to go."""
    way = f"?verder={quote(onward)}" if own_path(onward) else ""
    response = RedirectResponse(f"{SIGN_IN}/verder{way}", 303)
    set_token(response, door_of(request), token)
    return response


async def next_page(request: Request, visitor: Visitor) -> Response:
    onward = own_path(request.query_params.get("verder", ""))
    if visitor.found is None:
        return RedirectResponse(SIGN_IN, 303)
    if visitor.step is None:
        return RedirectResponse(onward or "/portal/", 303)
    return RedirectResponse(STEPS[visitor.step] + (f"?verder={quote(onward)}" if onward else ""), 303)


def in_writing[T](request: Request, verb: Callable[[Session, datetime], T]) -> T:
    """One verb in a transaction of its own. For use in a thread."""
    door = door_of(request)
    with door.database.writing() as session:
        return verb(session, door.clock())


def too_many(error: TooManyTries, now: datetime) -> str:
    minutes = max(ceil((error.until - now).total_seconds() / 60), 1)
    return f"Dit is te vaak niet gelukt. Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} opnieuw."


def _password_page(
    request: Request, visitor: Visitor, login: str = "", onward: str = "", fault: str = "", status: int = 200
) -> Response:
    said = next((word for word in ("uitgelogd", "verlopen") if word in request.query_params), "")
    return draw(
        request, None, "inloggen.html", status, token_of_form=visitor.csrf, login=login, fault=fault,
        onward=own_path(onward) or "", said=said,
    )  # fmt: skip


def _code_page(request: Request, visitor: HalfWay, fault: str = "", status: int = 200) -> Response:
    onward = request.state.form.get("verder") or request.query_params.get("verder", "")
    return draw(
        request, None, "inloggen_code.html", status, token_of_form=visitor.csrf, fault=fault,
        onward=own_path(onward) or "", login=visitor.found.account.login,
    )  # fmt: skip


PAGES = (
    entrance("/inloggen", ask_password),
    entrance("/inloggen", give_password, methods=("POST",)),
    entrance("/inloggen/verder", next_page),
    step_page("/inloggen/code", ask_code, Step.CODE),
    step_page("/inloggen/code", give_code, Step.CODE, methods=("POST",)),
)
