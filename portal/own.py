"""What is somebody's own: the session, the password, the second factor, signing out."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from db.models import Account
from portal.cookie import forget_token, set_token
from portal.door import door_of
from portal.guard import EVERYBODY, acting, noted, page
from portal.refuse import SIGN_IN
from portal.render import draw
from portal.sign_in import WRONG_CODE, in_writing, too_many
from portal.sign_in_set_up import in_groups, square, weakness
from portal.staff import Staff
from services.brake import TooManyTries, count_try, release
from services.passwords import LEAST, compare, hash_password
from services.second_factor import WrongCode, address_for_app, proposed_secret
from services.sign_in import choose_password, renew_second_factor
from services.staff_sessions import IDLE, SignedIn, end_session, session_of

KIND = "own password"
NOT_MINE = "Dit is niet uw wachtwoord van nu."


async def show_own(request: Request, staff: Staff) -> Response:
    return await _own_page(request, staff)


async def change_password(request: Request, staff: Staff) -> Response:
    door, form = door_of(request), request.state.form
    found = await run_sync(_found, request, staff)
    fault = weakness(form, found.account.login, staff.name, staff.municipality_name)
    if fault:
        return await _own_page(request, staff, 422, new=fault)
    fault = await _not_me(request, found.account, form.get("wachtwoord", ""))
    if fault:
        return await _own_page(request, staff, 401, now_used=fault)
    made = await run_sync(hash_password, form["nieuw"], limiter=door.hashing)
    token = await run_sync(in_writing, request, lambda s, now: choose_password(s, door.keys, found, made, now))
    return _renewed(request, token, "wachtwoord")


async def ask_second_factor(request: Request, staff: Staff) -> Response:
    return await _factor_page(request, staff)


async def change_second_factor(request: Request, staff: Staff) -> Response:
    door, form = door_of(request), request.state.form
    found = await run_sync(_found, request, staff)
    fault = await _not_me(request, found.account, form.get("wachtwoord", ""))
    if fault:
        return await _factor_page(request, staff, 401, now_used=fault)
    try:
        token = await run_sync(
            in_writing, request, lambda s, now: renew_second_factor(s, door.keys, found, form.get("code", ""), now)
        )
    except WrongCode:
        return await _factor_page(request, staff, 401, code=WRONG_CODE)
    return _renewed(request, token, "app")


async def sign_out(request: Request, staff: Staff) -> Response:
    def end() -> None:
        with acting(request, staff, "signed_out", f"account {staff.account_id}") as act:
            end_session(act.session, staff.session_id)

    await run_sync(end)
    # Drafts of a reply may lie in the storage of the browser; pages themselves are kept nowhere.
    response = RedirectResponse(f"{SIGN_IN}?uitgelogd", 303, headers={"Clear-Site-Data": '"storage"'})
    forget_token(response, door_of(request))
    return response


async def seconds_left(request: Request, staff: Staff) -> Response:
    return PlainTextResponse(str(int((staff.ends_at - door_of(request).clock()).total_seconds())))


async def stay(request: Request, staff: Staff) -> Response:
    """Asking is enough: every page keeps the session. Ten hours after signing in it ends all the same."""
    left = min(staff.ends_at_last - door_of(request).clock(), IDLE)
    return PlainTextResponse(str(int(left.total_seconds())))


async def _not_me(request: Request, account: Account, password: str) -> str:
    """What is wrong with the password of now; empty when it is right."""
    door, who = door_of(request), str(account.id)
    try:
        await run_sync(in_writing, request, lambda s, now: count_try(s, door.keys, KIND, who, now))
    except TooManyTries as error:
        return too_many(error, door.clock())
    if not (await run_sync(compare, account.password_hash, password, limiter=door.hashing)).right:
        return NOT_MINE
    await run_sync(in_writing, request, lambda s, now: release(s, door.keys, KIND, who, now))
    return ""


def _renewed(request: Request, token: str, what: str) -> Response:
    noted(request)
    response = RedirectResponse(f"/portal/ik?{what}", 303)
    set_token(response, door_of(request), token)
    return response


async def _own_page(request: Request, staff: Staff, status: int = 200, **faults: str) -> Response:
    found = await run_sync(_found, request, staff)
    done = next((what for what in ("wachtwoord", "app") if what in request.query_params), "")
    return draw(request, staff, "ik.html", status, account=found.account, faults=faults, done=done, least=LEAST)


async def _factor_page(request: Request, staff: Staff, status: int = 200, **faults: str) -> Response:
    found = await run_sync(_found, request, staff)
    secret = proposed_secret(door_of(request).keys, found.account, found.session)
    return draw(
        request, staff, "ik_app.html", status, account=found.account, faults=faults, key=in_groups(secret),
        square=square(address_for_app(secret, found.account)),
    )  # fmt: skip


def _found(request: Request, staff: Staff) -> SignedIn:
    with door_of(request).database.reading() as session:
        return session_of(session, staff.municipality_id, staff.session_id)


PAGES = (
    page("/ik", show_own, roles=EVERYBODY, deed="read_own_account"),
    page("/ik/wachtwoord", change_password, roles=EVERYBODY, deed="change_password", methods=("POST",)),
    page("/ik/app", ask_second_factor, roles=EVERYBODY, deed="read_own_second_factor"),
    page("/ik/app", change_second_factor, roles=EVERYBODY, deed="change_second_factor", methods=("POST",)),
    page("/uitloggen", sign_out, roles=EVERYBODY, deed="sign_out", methods=("POST",)),
    page("/sessie", seconds_left, roles=EVERYBODY, deed="read_session", piece=True),
    page("/sessie", stay, roles=EVERYBODY, deed="stay_signed_in", methods=("POST",)),
)
