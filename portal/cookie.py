"""The cookie of a browser at the staff's door, and the token in its forms that belongs to it."""

import hmac
import re

from starlette.requests import Request
from starlette.responses import Response

from portal.door import PortalDoor, door_of
from services.keys import Keys
from services.staff_sessions import LONGEST, new_token

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token_of(request: Request) -> str | None:
    """The token of this browser; None when there is none, or when it is not one of ours."""
    given = request.cookies.get(_name(door_of(request)), "")
    return given if TOKEN.fullmatch(given) else None


def set_token(response: Response, door: PortalDoor, token: str) -> None:
    """Strict: a link from another site finds nobody signed in."""
    response.set_cookie(
        _name(door),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=door.secure_cookies,
        httponly=True,
        samesite="strict",
    )


def forget_token(response: Response, door: PortalDoor) -> None:
    response.delete_cookie(_name(door), path="/", secure=door.secure_cookies, httponly=True, samesite="strict")


def keep_token(request: Request, response: Response, token: str) -> None:
    """Give the browser this token unless it has it already."""
    if token_of(request) != token:
        set_token(response, door_of(request), token)


def token_or_new(request: Request) -> str:
    """Before signing in a browser has a token too: the form of signing in needs one."""
    return token_of(request) or new_token()


def csrf_of(keys: Keys, token: str) -> str:
    return keys.lookup("staff csrf", token)


def csrf_holds(keys: Keys, token: str | None, given: str) -> bool:
    return token is not None and hmac.compare_digest(csrf_of(keys, token).encode(), given.encode())


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site made it ask this. Old browsers say nothing; the form's token decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    # Pages that send no referrer have an origin of "null", also for themselves.
    return origin != "null" and origin.partition("://")[2] != request.headers.get("host", "")


def _name(door: PortalDoor) -> str:
    # The prefix makes browsers refuse the cookie from a subdomain or without TLS.
    return "__Host-trede_staf" if door.secure_cookies else "trede_staf"
