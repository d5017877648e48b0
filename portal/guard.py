"""The guard at every page of the staff: who may see it, whether a form is really theirs, and that all is noted."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.models import Role
from pages.form import MOST_BYTES, BodyTooLarge, read_form
from portal import refuse
from portal.cookie import csrf_holds, csrf_of, is_from_elsewhere, token_of
from portal.door import door_of
from portal.staff import Staff, staff_of
from services.audit import note, noted_since
from services.errors import ServiceError
from services.sign_in import Step, next_step
from services.staff_marks import Marks, read_marks
from services.staff_sessions import SignedIn, find_session, mark_seen

type Endpoint = Callable[[Request, Staff], Awaitable[Response]]

READS = ("GET", "HEAD")
EVERYBODY = frozenset(Role)
"""Whoever is signed in."""
MOST_FIELDS = 100
AGAIN_AFTER = timedelta(minutes=15)
"""A piece that an open page fetches again and again is noted once in this time."""


class Page(Route):
    """A route that only certain roles reach, and of which every reading and deed is noted."""

    def __init__(
        self, path: str, endpoint: Endpoint, roles: frozenset[Role], deed: str,
        methods: Sequence[str], piece: bool, most_bytes: int,
    ) -> None:  # fmt: skip
        self.roles, self.deed, self.piece, self.most_bytes = roles, deed, piece, most_bytes
        self._endpoint = endpoint
        super().__init__(path, self._serve, methods=list(methods), name=endpoint.__name__)

    async def _serve(self, request: Request) -> Response:
        request.state.noted = False
        posted = request.method not in READS
        if posted and is_from_elsewhere(request):
            return refuse.from_elsewhere(request)
        try:
            # Before anything else, so that what was typed can be given back.
            request.state.form = await read_form(request, self.most_bytes, MOST_FIELDS) if posted else {}
        except BodyTooLarge:
            return refuse.too_large(request)
        staff = await run_sync(_admit, request)
        if not isinstance(staff, Staff):
            return refuse.not_signed_in(request, step=staff)
        if posted and not csrf_holds(door_of(request).keys, token_of(request), request.state.form.pop("csrf", "")):
            return refuse.expired(request, staff)
        return await self._serve_to(request, staff)

    async def _serve_to(self, request: Request, staff: Staff) -> Response:
        if not staff.may(*self.roles):
            await run_sync(_note, request, staff, "refused", self.deed)
            return refuse.not_your_role(request, staff)
        try:
            response = await self._endpoint(request, staff)
        except ServiceError as error:
            return refuse.faulty(request, staff, error)
        if response.status_code < 400:
            await run_sync(self._write_down, request, staff)
        return response

    def _write_down(self, request: Request, staff: Staff) -> None:
        """Before the response leaves: what could not be noted is not shown."""
        door, now = door_of(request), door_of(request).clock()
        if self.piece and _noted_of_late(request, staff, self.deed, now):
            return
        with door.database.writing() as session:
            if not self.piece:
                mark_seen(session, staff.session_id, now)
            if not request.state.noted:
                note(session, staff.municipality_id, staff.account_id, self.deed, _subject(request), now)


def page(
    path: str, endpoint: Endpoint, *, roles: frozenset[Role] | Role, deed: str,
    methods: Sequence[str] = ("GET",), piece: bool = False, most_bytes: int = MOST_BYTES,
) -> Page:  # fmt: skip
    """A page of the staff. What its path numbers is named after its kind: `/gesprekken/{conversation:int}`.

    `deed` is what the audit log calls it. `piece`: an open page fetches it by itself, again and again; it does not keep
    a session alive, and is noted now and then.
    """
    chosen = frozenset({roles}) if isinstance(roles, Role) else roles
    return Page(path, endpoint, chosen, deed, methods, piece, most_bytes)


@dataclass
class Act:
    """A deed under way. `subject` and `detail` may be filled in while it is done: a new row gets its number then."""

    session: Session
    subject: str | None
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def acting(request: Request, staff: Staff, deed: str, subject: str | None = None, **detail: Any) -> Iterator[Act]:
    """One transaction in which a deed and its entry in the audit log are both kept, or neither. For use in a thread."""
    door = door_of(request)
    with door.database.writing() as session:
        act = Act(session, subject or _subject(request), detail)
        yield act
        # Last: others who note something in this municipality wait for the rest of the transaction.
        note(session, staff.municipality_id, staff.account_id, deed, act.subject, door.clock(), **act.detail)
    noted(request)


def noted(request: Request) -> None:
    """The verb itself has written down what was done; for the few that also work before somebody is signed in."""
    request.state.noted = True


def signed_in(request: Request) -> Staff | None:
    """Who asks, on a page that is nobody's. For use in a thread."""
    staff = _admit(request)
    return staff if isinstance(staff, Staff) else None


def still_here(request: Request, staff: Staff) -> bool:
    """Whether the session still holds, with the same roles: asked by what stays open long. For use in a thread."""
    now = signed_in(request)
    return now is not None and (now.session_id, now.roles) == (staff.session_id, staff.roles)


def _admit(request: Request) -> Staff | Step | None:
    """Who asks; the step that is still to be taken when somebody is half signed in; None for nobody."""
    door, token = door_of(request), token_of(request)
    if token is None:
        return None
    with door.database.reading() as session:
        found = find_session(session, door.keys, token, door.clock())
        if found is None:
            return None
        return next_step(found) or staff_of(found, csrf_of(door.keys, token), _marks(session, request, found))


def _marks(session: Session, request: Request, found: SignedIn) -> Marks | None:
    """Only for a whole page of somebody who has these tasks."""
    if request.method not in READS or "hx-request" in request.headers or not found.account.may(Role.CASEWORKER):
        return None
    return read_marks(session, found.municipality.id, found.account.id, door_of(request).clock())


def _note(request: Request, staff: Staff, deed: str, subject: str | None) -> None:
    door = door_of(request)
    with door.database.writing() as session:
        note(session, staff.municipality_id, staff.account_id, deed, subject, door.clock())


def _noted_of_late(request: Request, staff: Staff, deed: str, now: datetime) -> bool:
    with door_of(request).database.reading() as session:
        return noted_since(session, staff.municipality_id, staff.account_id, deed, _subject(request), now - AGAIN_AFTER)


def _subject(request: Request) -> str | None:
    """`conversation 12`: the parameters of the path, which are ids."""
    return " ".join(f"{name} {value}" for name, value in request.path_params.items())[:120] or None
