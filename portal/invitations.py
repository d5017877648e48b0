"""Who is due for a conversation, who was invited, and from whom no answer came."""

from collections.abc import Sequence
from dataclasses import dataclass
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

HERE = "/portal/uitnodigingen"
A_PAGE = 50
WORDS = {
    InvitationState.DUE: "aan-de-beurt",
    InvitationState.INVITED: "uitgenodigd",
    InvitationState.REMINDED: "herinnerd",
    InvitationState.HANDED: "geen-antwoord",
    InvitationState.BOOKED: "gepland",
    InvitationState.DONE: "gehouden",
}


@dataclass(frozen=True)
class Asked:
    state: InvitationState | None
    mine: bool
    skip: int

    def address(self, state: InvitationState | None, skip: int = 0) -> str:
        told = {"toon": WORDS[state] if state else "", "van": "mij" if self.mine else "", "vanaf": str(skip or "")}
        kept = {name: value for name, value in told.items() if value}
        return f"{HERE}?{urlencode(kept)}" if kept else HERE


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
    asked, door = _asked(request), door_of(request)

    def look() -> Shelf:
        with door.database.reading() as session:
            states = (asked.state,) if asked.state else OPEN_INVITATIONS
            mine = staff.account_id if asked.mine else None
            found = list_invitations(session, staff.municipality_id, states, mine, A_PAGE + 1, asked.skip)
            return Shelf(
                found[:A_PAGE], len(found) > A_PAGE, count_invitations(session, staff.municipality_id),
                programmes_of(session.get_one(Municipality, staff.municipality_id)),
            )  # fmt: skip

    return draw(
        request, staff, "uitnodigingen.html", shelf=await run_sync(look), asked=asked, states=WORDS,
        newer=asked.address(asked.state, max(asked.skip - A_PAGE, 0)) if asked.skip else None,
        older=asked.address(asked.state, asked.skip + A_PAGE), today=day_here(door.clock()),
    )  # fmt: skip


def _asked(request: Request) -> Asked:
    given = request.query_params
    state = next((state for state, word in WORDS.items() if word == given.get("toon")), None)
    return Asked(state, given.get("van") == "mij", a_number(given.get("vanaf", "")[:9]) or 0)


PAGES = (page("/uitnodigingen", show_invitations, roles=Role.CASEWORKER, deed="list_invitations"),)
