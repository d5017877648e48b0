"""Accounts, for an administrator: who may sign in, as what, and help for who cannot any more."""

from collections.abc import Callable
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Municipality, Role
from portal.door import door_of
from portal.faults import sentence
from portal.guard import Act, acting, page
from portal.render import draw
from portal.staff import Staff
from services.accounts import (
    LoginTaken,
    LoginWrong,
    NameMissing,
    RolesWrong,
    add_account,
    block_account,
    check_not_self,
    get_account,
    list_accounts,
    name_account,
    reset_password,
    reset_second_factor,
    set_roles,
    unblock_account,
)
from services.errors import ServiceError
from services.passwords import Made, make_password
from services.staff_sessions import end_sessions_of, open_sessions

FIELD_OF: dict[type[ServiceError], str] = {
    LoginTaken: "login",
    LoginWrong: "login",
    NameMissing: "naam",
    RolesWrong: "rollen",
}
"""Beside which field the fault is told."""


@dataclass(frozen=True)
class Row:
    account: Account
    sessions: int


async def show_accounts(request: Request, staff: Staff) -> Response:
    def read() -> list[Row]:
        with door_of(request).database.reading() as session:
            counts = open_sessions(session, staff.municipality_id, door_of(request).clock())
            return [Row(a, counts.get(a.id, 0)) for a in list_accounts(session, staff.municipality_id)]

    return draw(request, staff, "beheer.html", rows=await run_sync(read))


async def begin_account(request: Request, staff: Staff) -> Response:
    return _form(request, staff)


async def add(request: Request, staff: Staff) -> Response:
    form, door = request.state.form, door_of(request)
    made = await run_sync(make_password, limiter=door.hashing)

    def do() -> Account:
        with acting(request, staff, "add_account") as act:
            town = act.session.get_one(Municipality, staff.municipality_id)
            account = add_account(
                act.session, town, form.get("login", ""), form.get("naam", ""), form.get("getoond", ""),
                _roles(form), made.hash, door.clock(),
            )  # fmt: skip
            act.subject = f"account {account.id}"
            act.detail["roles"] = account.roles
            return account

    try:
        account = await run_sync(do)
    except tuple(FIELD_OF) as error:
        return _form(request, staff, 422, {FIELD_OF[type(error)]: sentence(error)})
    return _told_once(request, staff, account, made, "Het account is gemaakt.")


async def show_account(request: Request, staff: Staff) -> Response:
    return await _account_page(request, staff)


async def rename(request: Request, staff: Staff) -> Response:
    form = request.state.form
    try:
        await _change(request, staff, "name_account", lambda _act, account: _rename(account, form), own=True)
    except NameMissing as error:
        return await _account_page(request, staff, 422, {"naam": sentence(error)})
    return _back(request)


async def change_roles(request: Request, staff: Staff) -> Response:
    roles = _roles(request.state.form)

    def do(act: Act, account: Account) -> None:
        set_roles(account, roles)
        act.detail["roles"] = account.roles

    try:
        await _change(request, staff, "set_roles", do)
    except RolesWrong as error:
        return await _account_page(request, staff, 422, {"rollen": sentence(error)})
    return _back(request)


async def block(request: Request, staff: Staff) -> Response:
    now = door_of(request).clock()
    await _change(request, staff, "block_account", lambda act, account: block_account(act.session, account, now))
    return _back(request)


async def unblock(request: Request, staff: Staff) -> Response:
    await _change(request, staff, "unblock_account", lambda _act, account: unblock_account(account))
    return _back(request)


async def end_all_sessions(request: Request, staff: Staff) -> Response:
    def do(act: Act, account: Account) -> None:
        act.detail["ended"] = end_sessions_of(act.session, account)

    await _change(request, staff, "end_sessions", do)
    return _back(request)


async def take_app_away(request: Request, staff: Staff) -> Response:
    await _change(request, staff, "reset_second_factor", lambda act, account: reset_second_factor(act.session, account))
    return _back(request)


async def give_password(request: Request, staff: Staff) -> Response:
    door = door_of(request)
    made = await run_sync(make_password, limiter=door.hashing)
    now = door.clock()
    account = await _change(
        request, staff, "reset_password", lambda act, found: reset_password(act.session, found, made.hash, now)
    )
    return _told_once(request, staff, account, made, "Er is een nieuw wachtwoord. Het oude werkt niet meer.")


async def _change(
    request: Request, staff: Staff, deed: str, do: Callable[[Act, Account], object], own: bool = False
) -> Account:
    """One deed on one account of this municipality. `own`: also on the account of who does it."""
    number = request.path_params["account"]
    if not own:
        check_not_self(number, staff.account_id)

    def change() -> Account:
        with acting(request, staff, deed) as act:
            account = get_account(act.session, staff.municipality_id, number, hold=True)
            do(act, account)
            return account

    return await run_sync(change)


def _rename(account: Account, form: dict[str, str]) -> None:
    name_account(account, form.get("naam", ""), form.get("getoond", ""))


def _roles(form: dict[str, str]) -> list[Role]:
    return [role for role in Role if form.get(f"rol_{role}") == "1"]


def _form(request: Request, staff: Staff, status: int = 200, faults: dict[str, str] | None = None) -> Response:
    form = request.state.form
    return draw(request, staff, "beheer_nieuw.html", status, form=form, faults=faults or {}, chosen=_roles(form))


async def _account_page(
    request: Request, staff: Staff, status: int = 200, faults: dict[str, str] | None = None
) -> Response:
    number, now = request.path_params["account"], door_of(request).clock()

    def read() -> Row:
        with door_of(request).database.reading() as session:
            account = get_account(session, staff.municipality_id, number)
            return Row(account, open_sessions(session, staff.municipality_id, now).get(account.id, 0))

    row = await run_sync(read)
    return draw(
        request, staff, "beheer_account.html", status, account=row.account, sessions=row.sessions,
        faults=faults or {}, form=request.state.form, own=number == staff.account_id,
        saved="bewaard" in request.query_params,
    )  # fmt: skip


def _told_once(request: Request, staff: Staff, account: Account, made: Made, what: str) -> Response:
    return draw(request, staff, "beheer_wachtwoord.html", account=account, password=made.text, what=what)


def _back(request: Request) -> Response:
    return RedirectResponse(f"/portal/beheer/accounts/{request.path_params['account']}?bewaard", 303)


ONE = "/beheer/accounts/{account:int}"
POST = ("POST",)
PAGES = (
    page("/beheer", show_accounts, roles=Role.ADMINISTRATOR, deed="list_accounts"),
    page("/beheer/nieuw", begin_account, roles=Role.ADMINISTRATOR, deed="begin_account"),
    page("/beheer/nieuw", add, roles=Role.ADMINISTRATOR, deed="add_account", methods=POST),
    page(ONE, show_account, roles=Role.ADMINISTRATOR, deed="read_account"),
    page(f"{ONE}/naam", rename, roles=Role.ADMINISTRATOR, deed="name_account", methods=POST),
    page(f"{ONE}/rollen", change_roles, roles=Role.ADMINISTRATOR, deed="set_roles", methods=POST),
    page(f"{ONE}/blokkeren", block, roles=Role.ADMINISTRATOR, deed="block_account", methods=POST),
    page(f"{ONE}/vrijgeven", unblock, roles=Role.ADMINISTRATOR, deed="unblock_account", methods=POST),
    page(f"{ONE}/wachtwoord", give_password, roles=Role.ADMINISTRATOR, deed="reset_password", methods=POST),
    page(f"{ONE}/app", take_app_away, roles=Role.ADMINISTRATOR, deed="reset_second_factor", methods=POST),
    page(f"{ONE}/sessies", end_all_sessions, roles=Role.ADMINISTRATOR, deed="end_sessions", methods=POST),
)
