"""Link a chat and let it go: a code is made and shown once, taken back, and a linked chat becomes nobody's again."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.models import Account, ContactPoint, LinkCode, Role
from portal.door import door_of
from portal.guard import noted, page
from portal.people import HERE, person_id, person_page
from portal.staff import Staff
from portal.typed import a_number
from services.client_page import newest_conversation
from services.errors import UnknownCode, UnknownPerson
from services.people.link import unlink
from services.people.link_code import make_code, revoke_code
from services.people.person import find_person


async def give_code(request: Request, staff: Staff) -> Response:
    """Shown on this page only: what is kept of it cannot be read back. `gesprek`: the chat from which one came."""
    door = door_of(request)

    def do() -> tuple[LinkCode, str]:
        with door.database.writing() as session:
            account = session.get_one(Account, staff.account_id)
            person = find_person(session, staff.municipality_id, person_id(request))
            return make_code(session, door.keys, account, person, door.clock())

    made = await run_sync(do)
    noted(request)
    return await person_page(request, staff, code=made, chat=a_number(request.state.form.get("gesprek", "")))


async def take_code_back(request: Request, staff: Staff) -> Response:
    door, code_id = door_of(request), _id(request, "code")

    def do() -> int:
        with door.database.writing() as session:
            return revoke_code(session, session.get_one(Account, staff.account_id), code_id, door.clock()).person_id

    person = await run_sync(do)
    noted(request)
    return RedirectResponse(f"{HERE}/{person}?ingetrokken", 303)


async def let_go(request: Request, staff: Staff) -> Response:
    """The resident reads it in the chat."""
    door, contact_id = door_of(request), _id(request, "contact")

    def do() -> tuple[int, int | None]:
        with door.database.writing() as session:
            contact = session.get(ContactPoint, contact_id)
            if contact is None or contact.municipality_id != staff.municipality_id or contact.person_id is None:
                raise UnknownPerson
            person = contact.person_id
            unlink(session, contact, session.get_one(Account, staff.account_id), door.clock())
            return person, newest_conversation(session, contact)

    person, conversation = await run_sync(do)
    noted(request)
    if conversation is not None:
        door.wake(conversation)
    return RedirectResponse(f"{HERE}/{person}?losgemaakt", 303)


def _id(request: Request, name: str) -> int:
    found = int(request.path_params[name])
    if found >= 2**63:
        raise UnknownCode
    return found


POST = ("POST",)
PAGES = (
    page("/inwoners/{person:int}/code", give_code, roles=Role.CASEWORKER, deed="link_code_made", methods=POST),
    page("/inwoners/codes/{code:int}/weg", take_code_back, roles=Role.CASEWORKER, deed="link_code_revoked",
         methods=POST),
    page("/inwoners/chats/{contact:int}/los", let_go, roles=Role.CASEWORKER, deed="unlinked", methods=POST),
)  # fmt: skip
