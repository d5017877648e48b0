"""Who is due for a conversation, who was invited, and from whom no answer came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from db.models import InvitationState, Municipality, Role
from db.models.invitation import OPEN_INVITATIONS
from portal.door import door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from portal.typed import a_number
from services.agenda.programmes import Programme, programmes_of
from services.calendar import day_here
from services.invited import InvitedRow, count_invitations, list_invitations
from services.inviting.by_hand import CAN_BE_CALLED_OFF

HERE = "/portal/uitnodigingen"
A_PAGE = 50
DONE = ("niet-uitgenodigd", "weer-uitgenodigd")
WORDS = {
    InvitationState.DUE: "aan-de-beurt",
    InvitationState.INVITED: "uitgenodigd",
    InvitationState.REMINDED: "herinnerd",
    InvitationState.HANDED: "geen-antwoord",
    InvitationState.BOOKED: "gepland",
    InvitationState.DONE: "gehouden",
    InvitationState.WITHDRAWN: "ingetrokken",
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, in the words of the address."""

    state: InvitationState | None = None
    mine: bool = False
    programme: str = ""
    skip: int = 0

    def address(self, **other: Any) -> str:
        """The same, but for what is told; from the beginning, unless that is told as well."""
        return replace(self, **{"skip": 0, **other}).at(HERE)

    def deed(self, invitation_id: int, word: str) -> str:
        """Where something is done that comes back to this very list."""
        return self.at(f"{HERE}/{invitation_id}/{word}")

    def at(self, path: str, done: str = "") -> str:
        told = {
            "toon": WORDS[self.state] if self.state else "",
            "van": "mij" if self.mine else "",
            "soort": self.programme,
            "vanaf": str(self.skip or ""),
        }
        kept = {name: value for name, value in told.items() if value} | ({done: "1"} if done else {})
        return f"{path}?{urlencode(kept)}" if kept else path


@dataclass(frozen=True)
class Shelf:
    rows: Sequence[InvitedRow]
    more: bool
    counts: dict[InvitationState, int]
    programmes: dict[str, Programme]

    @property
    def open(self) -> int:
        return sum(self.counts.get(state, 0) for state in OPEN_INVITATIONS)


async def show_invitations(request: Request, staff: Staff) -> Response:
    return await invitations_page(request, staff)


async def invitations_page(request: Request, staff: Staff, status: int = 200, told: str = "") -> Response:
    """`told`: why something could not be done."""
    asked, door = asked_for(request), door_of(request)

    def look() -> Shelf:
        with door.database.reading() as session:
            states = (asked.state,) if asked.state else OPEN_INVITATIONS
            whose = staff.account_id if asked.mine else None, asked.programme or None
            found = list_invitations(session, staff.municipality_id, states, *whose, A_PAGE + 1, asked.skip)
            return Shelf(
                found[:A_PAGE], len(found) > A_PAGE, count_invitations(session, staff.municipality_id, *whose),
                programmes_of(session.get_one(Municipality, staff.municipality_id)),
            )  # fmt: skip

    done = next((word for word in DONE if word in request.query_params), None)
    return draw(
        request, staff, "uitnodigingen.html", status, shelf=await run_sync(look), asked=asked, states=WORDS,
        newer=asked.address(skip=max(asked.skip - A_PAGE, 0)) if asked.skip else None,
        older=asked.address(skip=asked.skip + A_PAGE), today=day_here(door.clock()), told=told, done=done,
        can_be_called_off=CAN_BE_CALLED_OFF,
    )  # fmt: skip


def asked_for(request: Request) -> Asked:
    given = request.query_params
    state = next((state for state, word in WORDS.items() if word == given.get("toon")), None)
    skip = a_number(given.get("vanaf", "")[:9]) or 0
    return Asked(state, given.get("van") == "mij", given.get("soort", "")[:40], skip)


PAGES = (page("/uitnodigingen", show_invitations, roles=Role.CASEWORKER, deed="list_invitations"),)
