"""Take over, answer, put aside, give back, close: one post each. Who comes second reads who has it."""

from collections.abc import Callable
from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from db.models import Account, Conversation, Role
from portal.conversations import Draft, conversation_id, conversation_page, number
from portal.conversations_asked import asked_for
from portal.door import door_of
from portal.faults import sentence
from portal.guard import Endpoint, Page, acting, page
from portal.render import render
from portal.snoozing import until
from portal.staff import Staff
from services import hand_over
from services.errors import ConversationGone, EmptyLine, NotYours, ServiceError, TakenByColleague, TooLong
from services.reading.transcript import mark_seen
from services.staff_sessions import new_token

type Deed = Callable[[Session, Conversation, Account, datetime], object]

OF_THE_TEXT = (EmptyLine, TooLong)


async def take_over(request: Request, staff: Staff) -> Response:
    instead_of = number(request.state.form.get("in_plaats_van", ""), 18)

    def take(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
        hand_over.take_over(session, conversation, account, now, instead_of)

    return await _do(request, staff, "take_over", take)


async def reply(request: Request, staff: Staff) -> Response:
    form = request.state.form

    def say(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
        hand_over.reply(
            session, conversation, account, form.get("tekst", ""), form.get("nummer", "") or new_token(), now
        )

    return await _do(request, staff, "reply", say)


async def snooze(request: Request, staff: Staff) -> Response:
    def put_aside(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
        hand_over.snooze(session, conversation, account, until(request.state.form.get("tot", ""), now), now)

    return await _do(request, staff, "snooze", put_aside)


async def give_back(request: Request, staff: Staff) -> Response:
    forgotten: list[str] = []

    def give(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
        hand_over.give_back(session, conversation, account, now)
        forgotten.append(conversation.public_id)

    response = await _do(request, staff, "give_back", give)
    for public_id in forgotten:
        # The assistant may have stopped in the middle of a form; it begins anew.
        door_of(request).forget(public_id)
    return response


async def close(request: Request, staff: Staff) -> Response:
    return await _do(request, staff, "close", hand_over.close)


async def see(request: Request, staff: Staff) -> Response:
    """An open page that somebody looks at tells up to where."""
    door, seen = door_of(request), number(request.state.form.get("tot", "")) or 0

    def mark() -> bool:
        with door.database.writing() as session:
            _find(session, request, staff)
            return mark_seen(session, staff.municipality_id, conversation_id(request), seen, door.clock())

    if await run_sync(mark):
        door.live.ring(conversation_id(request))
    return Response()


async def _do(request: Request, staff: Staff, deed: str, verb: Deed) -> Response:
    try:
        await run_sync(_in_one_transaction, request, staff, deed, verb)
    except ConversationGone:
        raise
    except ServiceError as error:
        return await _not_done(request, staff, error)
    door_of(request).wake(conversation_id(request))
    if "hx-request" in request.headers:
        # The page has its stream; all that it needs is the number of the next reply.
        return HTMLResponse(render("gesprek_nummer.html", nonce=new_token()))
    return RedirectResponse(f"{_here(request)}#laatste", 303)


def _in_one_transaction(request: Request, staff: Staff, deed: str, verb: Deed) -> None:
    with acting(request, staff, deed) as act:
        verb(
            act.session,
            _find(act.session, request, staff),
            act.session.get_one(Account, staff.account_id),
            door_of(request).clock(),
        )


def _find(session: Session, request: Request, staff: Staff) -> Conversation:
    conversation = session.get(Conversation, conversation_id(request))
    if conversation is None or conversation.municipality_id != staff.municipality_id:
        raise ConversationGone
    return conversation


async def _not_done(request: Request, staff: Staff, error: ServiceError) -> Response:
    """The same page as it is now, with what was typed and why it was not sent."""
    told = await run_sync(_told, request, staff, error)
    if "hx-request" in request.headers:
        return HTMLResponse(render("gesprek_mislukt.html", told=told), 422 if isinstance(error, OF_THE_TEXT) else 409)
    typed = request.state.form.get("tekst", "")
    if isinstance(error, OF_THE_TEXT):
        return await conversation_page(request, staff, Draft(typed, fault=told), 422)
    return await conversation_page(request, staff, Draft(typed, told=told), 409)


def _told(request: Request, staff: Staff, error: ServiceError) -> str:
    """With the name of who has it: nobody has to guess whom to ask."""
    with door_of(request).database.reading() as session:
        conversation = session.get(Conversation, conversation_id(request))
        holder = session.get(Account, conversation.assigned_to) if conversation and conversation.assigned_to else None
    if isinstance(error, TakenByColleague | NotYours) and holder is not None and holder.id != staff.account_id:
        return f"{holder.name} heeft dit gesprek nu."
    return sentence(error)


def _here(request: Request) -> str:
    """Back to the conversation, in the same part of the list."""
    return asked_for(request.query_params).address(f"/{conversation_id(request)}")


def _deed(path: str, endpoint: Endpoint, deed: str, piece: bool = False) -> Page:
    address = f"/gesprekken/{{conversation:int}}/{path}"
    return page(address, endpoint, roles=Role.CASEWORKER, deed=deed, methods=("POST",), piece=piece)


PAGES = (
    _deed("overnemen", take_over, "take_over"),
    _deed("antwoord", reply, "reply"),
    _deed("wegleggen", snooze, "snooze"),
    _deed("teruggeven", give_back, "give_back"),
    _deed("sluiten", close, "close"),
    _deed("gezien", see, "see_conversation", piece=True),
)
