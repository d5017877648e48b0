"""`Wis dit gesprek`: asked once, then all of it is gone, also for other open pages."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, is_cross_site, keep_session, speaking, web_session
from pages.form import BodyTooLarge, read_form
from services.municipalities import find_municipality
from services.wipe_told import told_before_wiping
from services.wiping import wipe_away


async def ask_wipe(request: Request) -> Response:
    return await _ask(request, web_session(request))


async def wipe(request: Request) -> Response:
    door, session = door_of(request), web_session(request)
    try:
        form = await read_form(request)
    except BodyTooLarge:
        form = {}
    if is_cross_site(request) or not session.csrf_holds(door.keys, form.get("csrf", "")):
        return await _ask(request, session, fault="error_expired", status=403)
    slug = request.path_params["slug"]
    erased = await run_sync(_erase, door, session, slug)
    if erased is not None:
        conversation_id, public_id = erased
        door.forget(public_id)
        door.live.ring(conversation_id)
    response = RedirectResponse(f"/{slug}?gewist", 303)
    keep_session(response, door, session)
    return response


def _erase(door: WebDoor, session: WebSession, slug: str) -> tuple[int, str] | None:
    """Number and public name of what was there. The next line begins anew, with who is speaking (AI Act, art. 50)."""
    with door.database.writing() as db:
        conversation = session.conversation(db, door.keys, find_municipality(db, slug), door.clock())
        if conversation is None:
            return None
        found = conversation.id, conversation.public_id
        wipe_away(db, conversation, door.clock())
        return found


async def _ask(request: Request, session: WebSession, fault: str | None = None, status: int = 200) -> Response:
    door, slug = door_of(request), request.path_params["slug"]

    def draw() -> str:
        with door.database.reading() as db:
            conversation, phrases = speaking(db, door, session, slug)
            told = [] if conversation is None else told_before_wiping(db, phrases, conversation, door.clock())
            return render("wis.html", phrases, csrf=session.csrf(door.keys), fault=fault, told=told)

    response = HTMLResponse(await run_sync(draw), status)
    keep_session(response, door, session)
    return response
