"""Call an invitation off, or bring it back: from the list of invitations, or from the page of the person."""

from collections.abc import Callable
from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, Invitation, Role
from portal import invitations, people
from portal.door import door_of
from portal.faults import sentence
from portal.guard import acting, page
from portal.invitations import asked_for, invitations_page
from portal.staff import Staff
from services.errors import ChangedMeanwhile, CountedAnew, UnknownInvitation, UnknownProgramme
from services.inviting.by_hand import call_off_invitation, invite_after_all

type Deed = Callable[[Session, Account, int, datetime], Invitation]

OF_PERSON = "inwoner"
"""In the address: it was pressed on the page of the person, and that is where one goes on."""


async def call_off(request: Request, staff: Staff) -> Response:
    return await _do(request, staff, "call_off_invitation", call_off_invitation, "niet-uitgenodigd")


async def bring_back(request: Request, staff: Staff) -> Response:
    return await _do(request, staff, "invite_after_all", invite_after_all, "weer-uitgenodigd")


async def _do(request: Request, staff: Staff, name: str, deed: Deed, done: str) -> Response:
    invitation_id = int(request.path_params["invitation"])
    if invitation_id >= 2**63:
        raise UnknownInvitation

    def do() -> int:
        with acting(request, staff, name) as act:
            account = act.session.get_one(Account, staff.account_id)
            return deed(act.session, account, invitation_id, door_of(request).clock()).person_id

    try:
        person = await run_sync(do)
    except (ChangedMeanwhile, CountedAnew, UnknownProgramme) as error:
        return await invitations_page(request, staff, 409, told=sentence(error))
    if OF_PERSON in request.query_params:
        return RedirectResponse(f"{people.HERE}/{person}?{done}", 303)
    return RedirectResponse(asked_for(request).at(invitations.HERE, done), 303)


ONE, POST = "/uitnodigingen/{invitation:int}", ("POST",)
PAGES = (
    page(f"{ONE}/intrekken", call_off, roles=Role.CASEWORKER, deed="call_off_invitation", methods=POST),
    page(f"{ONE}/toch", bring_back, roles=Role.CASEWORKER, deed="invite_after_all", methods=POST),
)
