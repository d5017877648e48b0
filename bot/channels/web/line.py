"""A line is posted: stored in one transaction, then the turn is woken. The client never says what a button means."""

import re
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.chat import Draft, chat_page, read_number
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, conversation_tag, is_cross_site, keep_session, speaking, web_session
from bot.channels.web.wait import wait_for_answer
from db.models import Channel, Conversation
from pages.form import BodyTooLarge, read_form
from services.answering import OpenLine
from services.errors import EmptyLine, TooManyLines, UnknownChoice
from services.municipalities import find_municipality
from services.receive import Choice, Inbound, Received, receive

FAULTS: dict[type[Exception], tuple[str, int]] = {
    EmptyLine: ("line_empty", 422),
    UnknownChoice: ("old_button", 422),
    TooManyLines: ("error_too_many", 429),
}
EXPIRED = ("error_expired", 403)
TOO_LONG = ("error_too_long", 413)
CHOICE = re.compile(r"([0-9]{1,9}):([0-9]{1,2})")


@dataclass(frozen=True)
class Accepted:
    received: Received
    tag: str
    taken: OpenLine | None


async def post_line(request: Request) -> Response:
    try:
        form = await read_form(request)
    except BodyTooLarge:
        return await _refuse(request, web_session(request), "", *TOO_LONG)
    session, door = web_session(request), door_of(request)
    if is_cross_site(request):
        return await _refuse(request, session, "", *EXPIRED)
    if not session.csrf_holds(door.keys, form.get("csrf", "")) or not form.get("nonce"):
        return await _refuse(request, session, form.get("tekst", ""), *EXPIRED)
    try:
        accepted = await run_sync(_store, door, session, request.path_params["slug"], form)
    except tuple(FAULTS) as fault:
        return await _refuse(request, session, form.get("tekst", ""), *FAULTS[type(fault)])
    door.wake(accepted.received.conversation_id, accepted.taken)
    door.live.ring(accepted.received.conversation_id)
    return await _go_on(request, session, form, accepted)


def _store(door: WebDoor, session: WebSession, slug: str, form: dict[str, str]) -> Accepted:
    with door.database.writing() as db:
        town, now = find_municipality(db, slug), door.clock()
        choice = None
        if given := form.get("keuze"):
            before = session.conversation(db, door.keys, town, now)
            choice = _choice(given, before)
            if form.get("gesprek") and form["gesprek"] != conversation_tag(door.keys, before):
                # The same numbers may stand on other buttons in the conversation of today.
                raise UnknownChoice
        received = receive(db, door.keys, town, _inbound(door, session, form, choice), now)
        conversation = db.get_one(Conversation, received.conversation_id)
        taken = door.take(db, conversation.id) if received.new else None
        # Another line that waits, from before this one, is taken by whoever is woken.
        taken = taken if taken and taken.id == received.line_id else None
        return Accepted(received, conversation_tag(door.keys, conversation), taken)


def _inbound(door: WebDoor, session: WebSession, form: dict[str, str], choice: Choice | None) -> Inbound:
    # Bound to the session: nobody can hit upon the number of somebody else's line.
    external_id = door.keys.lookup("nonce", session.token, form["nonce"])
    human = form.get("medewerker") == "1"
    text = "" if choice or human else form.get("tekst", "")
    return Inbound(Channel.WEB, session.token, external_id, text, choice, human)


def _choice(given: str, conversation: Conversation | None) -> Choice:
    """`4:1` is the second button under message 4. Raises UnknownChoice."""
    numbers = CHOICE.fullmatch(given)
    if numbers is None:
        raise UnknownChoice
    seq, index = (int(number) for number in numbers.groups())
    return Choice(seq, index, conversation.id if conversation else None)


async def _go_on(request: Request, session: WebSession, form: dict[str, str], accepted: Accepted) -> Response:
    door, slug = door_of(request), request.path_params["slug"]
    if "hx-request" not in request.headers:
        await wait_for_answer(door, accepted.received)
        response: Response = RedirectResponse(f"/{slug}#laatste", 303)
    elif form.get("gesprek") not in ("", accepted.tag):
        response = Response(headers={"HX-Refresh": "true"})
    else:
        stream = None if form.get("gesprek") else accepted.tag
        response = HTMLResponse(await _fields(request, session, accepted.tag, stream=stream, after=form.get("na", "")))
    keep_session(response, door, session)
    return response


async def _refuse(request: Request, session: WebSession, text: str, fault: str, status: int) -> Response:
    """A sentence beside the field; what was typed stays there."""
    if "hx-request" not in request.headers:
        return await chat_page(request, session, request.path_params["slug"], Draft(text, fault), status=status)
    response = HTMLResponse(await _fields(request, session, None, fault=fault), status)
    keep_session(response, door_of(request), session)
    return response


async def _fields(
    request: Request,
    session: WebSession,
    tag: str | None,
    stream: str | None = None,
    after: str = "",
    fault: str | None = None,
) -> str:
    """The part of the form that changes with every post; with the stream when the conversation has just begun."""
    door, slug = door_of(request), request.path_params["slug"]

    def draw() -> str:
        with door.database.reading() as db:
            conversation, phrases = speaking(db, door, session, slug)
            return render(
                "velden.html", phrases, csrf=session.csrf(door.keys), fault=fault, stream=stream,
                tag=conversation_tag(door.keys, conversation) if tag is None else tag, last=read_number(after),
            )  # fmt: skip

    return await run_sync(draw)
