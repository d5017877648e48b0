"""`Klopt dit?`: what a resident says of an answer. With JavaScript only that piece is drawn again."""

import re
from collections.abc import Mapping

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.bubble import Judging
from bot.channels.web.chat import Draft, chat_page
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, is_cross_site, keep_session, speaking, web_session
from db.models import Feedback
from pages.form import BodyTooLarge, read_form
from services.errors import TooManyLines, UnknownAnswer
from services.feedback import judge, tell_what_is_wrong
from services.municipalities import find_municipality

RIGHT, WRONG, REMARK = "ja", "nee", "wat"
NUMBER = re.compile(r"[0-9]{1,18}")
FAULTS: dict[type[Exception], tuple[str, int]] = {
    UnknownAnswer: ("judge_gone", 422),
    TooManyLines: ("judge_too_many", 429),
}
EXPIRED = ("error_expired", 403)


async def post_judgement(request: Request) -> Response:
    session, door = web_session(request), door_of(request)
    try:
        form = await read_form(request)
    except BodyTooLarge:
        form = {}
    if is_cross_site(request) or not session.csrf_holds(door.keys, form.get("csrf", "")):
        return await _refuse(request, session, form, *EXPIRED)
    try:
        told = await run_sync(_write, door, session, request.path_params["slug"], form)
    except tuple(FAULTS) as fault:
        return await _refuse(request, session, form, *FAULTS[type(fault)])
    if "hx-request" in request.headers:
        return await _piece(request, session, Judging(told.message_id, told.right, told.remark))
    response = RedirectResponse(f"/{request.path_params['slug']}#k{told.message_id}", 303)
    keep_session(response, door, session)
    return response


def _write(door: WebDoor, session: WebSession, slug: str, form: Mapping[str, str]) -> Feedback:
    deed, now = form.get("klopt", ""), door.clock()
    answer = _number(form)
    if answer == 0 or deed not in (RIGHT, WRONG, REMARK):
        raise UnknownAnswer
    with door.database.writing() as db:
        address = session.address(find_municipality(db, slug))
        if deed == REMARK:
            return tell_what_is_wrong(db, door.keys, address, answer, form.get("wat", ""), now)
        return judge(db, door.keys, address, answer, deed == RIGHT, now)


def _number(form: Mapping[str, str]) -> int:
    given = form.get("bericht", "")
    return int(given) if NUMBER.fullmatch(given) else 0


async def _refuse(request: Request, session: WebSession, form: Mapping[str, str], fault: str, status: int) -> Response:
    """A sentence where it was asked; what was typed stays there."""
    if "hx-request" not in request.headers:
        return await chat_page(request, session, request.path_params["slug"], Draft("", fault), status=status)
    asked = Judging(_number(form), False if form.get("klopt") == REMARK else None, None)
    return await _piece(request, session, asked, form.get("wat", ""), fault, status)


async def _piece(
    request: Request,
    session: WebSession,
    judging: Judging,
    typed: str = "",
    fault: str | None = None,
    status: int = 200,
) -> Response:
    door = door_of(request)

    def draw() -> str:
        with door.database.reading() as db:
            _, phrases = speaking(db, door, session, request.path_params["slug"])
            csrf = session.csrf(door.keys)
            return render("klopt.html", phrases, judging=judging, csrf=csrf, typed=typed, fault=fault)

    response = HTMLResponse(await run_sync(draw), status)
    keep_session(response, door, session)
    return response
