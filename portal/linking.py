"""From a chat to a code: find the person whose chat it seems to be, and make the code that he types in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from db.models import Conversation, Person, Role
from portal.conversations import conversation_id
from portal.door import door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from services.clients import ClientRow, list_clients
from services.errors import ConversationGone
from services.people.person import person_of
from services.tidy import tidy

MOST = 20
"""People that are shown; who sees more looks for more of the number."""


@dataclass(frozen=True)
class Found:
    person: Person | None
    """Whose chat it is already."""
    rows: Sequence[ClientRow]
    more: bool


async def choose_person(request: Request, staff: Staff) -> Response:
    """Without a number: one's own people."""
    door, number = door_of(request), tidy(request.query_params.get("zoek", ""))[:40]
    chat = conversation_id(request)

    def look() -> Found:
        with door.database.reading() as session:
            conversation = session.get(Conversation, chat)
            if conversation is None or conversation.municipality_id != staff.municipality_id:
                raise ConversationGone
            whose = None if number else staff.account_id
            rows = list_clients(session, staff.municipality_id, number, whose, door.clock(), MOST + 1, 0)
            return Found(person_of(session, conversation), rows[:MOST], len(rows) > MOST)

    return draw(request, staff, "koppelen.html", chat=chat, number=number, found=await run_sync(look))


PAGES = (page("/gesprekken/{conversation:int}/koppelen", choose_person, roles=Role.CASEWORKER, deed="choose_person"),)
