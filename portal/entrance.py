"""The routes of signing in: the only ones for who has not shown yet who he is, or only half."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.form import BodyTooLarge, read_form
from portal import refuse
from portal.cookie import csrf_holds, csrf_of, is_from_elsewhere, keep_token, token_of, token_or_new
from portal.door import door_of
from services.sign_in import Step, next_step
from services.staff_sessions import SignedIn, find_session

READS = ("GET", "HEAD")


@dataclass(frozen=True)
class Visitor:
    """Who stands at the door. `found` is None before the password."""

    token: str
    csrf: str
    found: SignedIn | None

    @property
    def step(self) -> Step | None:
        return next_step(self.found) if self.found else None


@dataclass(frozen=True)
class HalfWay(Visitor):
    """Somebody who gave a password."""

    found: SignedIn


type AtDoor = Callable[[Request, Visitor], Awaitable[Response]]
type AtStep = Callable[[Request, HalfWay], Awaitable[Response]]


class Entrance(Route):
    """Open to everybody (`step` is None), or to who has exactly this step still to take."""

    def __init__(self, path: str, endpoint: AtDoor | AtStep, step: Step | None, methods: Sequence[str]) -> None:
        self.step = step
        self._endpoint: Callable[..., Awaitable[Response]] = endpoint
        super().__init__(path, self._serve, methods=list(methods), name=endpoint.__name__)

    async def _serve(self, request: Request) -> Response:
        posted = request.method not in READS
        if posted and is_from_elsewhere(request):
            return refuse.from_elsewhere(request)
        try:
            request.state.form = await read_form(request) if posted else {}
        except BodyTooLarge:
            return refuse.too_large(request)
        visitor = await run_sync(_visitor, request)
        if self.step is not None and visitor.step is not self.step:
            return RedirectResponse(refuse.STEPS[visitor.step] if visitor.step else "/portal/", 303)
        if posted and not csrf_holds(door_of(request).keys, token_of(request), request.state.form.pop("csrf", "")):
            response: Response = RedirectResponse(f"{request.url.path}?verlopen", 303)
        else:
            response = await self._endpoint(request, visitor)
        if "set-cookie" not in response.headers:
            keep_token(request, response, visitor.token)
        return response


def entrance(path: str, endpoint: AtDoor, methods: Sequence[str] = ("GET",)) -> Entrance:
    return Entrance(path, endpoint, None, methods)


def step_page(path: str, endpoint: AtStep, step: Step, methods: Sequence[str] = ("GET",)) -> Entrance:
    return Entrance(path, endpoint, step, methods)


def _visitor(request: Request) -> Visitor:
    door, token = door_of(request), token_or_new(request)
    csrf = csrf_of(door.keys, token)
    with door.database.reading() as session:
        found = find_session(session, door.keys, token, door.clock())
    return Visitor(token, csrf, None) if found is None else HalfWay(token, csrf, found)
