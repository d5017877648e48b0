"""The chat page, and the piece of it that a page without a stream asks for."""

from dataclasses import dataclass
from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.bubble import Bubble, bubble, bubble_to_come
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from bot.channels.web.session import WebSession, conversation_tag, keep_session, web_session
from db.models import Channel, Conversation, ConversationState, Message, MessageKind, MessageStatus, Municipality
from db.models.conversation import ANSWERED_BY_BOT, WITH_PERSON
from services.conversations import welcome
from services.feedback import feedback_on
from services.municipalities import find_municipality
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.transcript import messages_after


@dataclass(frozen=True)
class Draft:
    """What stands in the input when the page is drawn again, and what was wrong with it."""

    text: str = ""
    fault: str | None = None
    """Key of the phrase."""


@dataclass(frozen=True)
class Log:
    """A conversation as far as it goes; without one, the welcome."""

    phrases: Phrases
    bubbles: list[Bubble]
    tag: str
    waiting: str | None
    """Key of what a page without JavaScript says while an answer is to come."""
    newest_line: int | None

    @property
    def last(self) -> int:
        return self.bubbles[-1].seq if self.bubbles else 0


async def show_chat(request: Request) -> Response:
    wiped = "gewist" in request.query_params
    return await chat_page(
        request, web_session(request), request.path_params["slug"], notice="wiped" if wiped else None
    )


async def chat_page(
    request: Request,
    session: WebSession,
    slug: str,
    draft: Draft | None = None,
    notice: str | None = None,
    status: int = 200,
) -> Response:
    """The whole page. `notice` is the key of a sentence above the input."""
    door = door_of(request)

    def draw() -> str:
        with door.database.reading() as db:
            log = read_log(db, door, session, find_municipality(db, slug), door.clock())
            csrf = session.csrf(door.keys)
            return render("chat.html", log.phrases, log=log, csrf=csrf, draft=draft or Draft(), notice=notice)

    response = HTMLResponse(await run_sync(draw), status)
    keep_session(response, door, session)
    return response


async def show_news(request: Request) -> Response:
    """Messages after number `na`. 409 when the page shows a conversation that is no more."""
    door, session = door_of(request), web_session(request)
    after, tag = wanted(request)

    def draw() -> str | None:
        with door.database.reading() as db:
            town, now = find_municipality(db, request.path_params["slug"]), door.clock()
            conversation = session.conversation(db, door.keys, town, now)
            if conversation is None or conversation_tag(door.keys, conversation) != tag:
                return None
            news = drawn_after(db, conversation, town, after, now, session.csrf(door.keys))
            return "".join(html for _seq, html in news)

    html = await run_sync(draw)
    response = Response(status_code=409) if html is None else HTMLResponse(html)
    keep_session(response, door, session)
    return response


def wanted(request: Request) -> tuple[int, str]:
    """The number of the last message the page has, and the tag of its conversation."""
    given = request.headers.get("last-event-id") or request.query_params.get("na", "")
    return read_number(given), request.query_params.get("gesprek", "")


def read_number(given: str) -> int:
    """Digits of a sensible length; everything else means: from the beginning."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 9 else 0


def drawn_after(
    db: Session, conversation: Conversation, town: Municipality, after: int, now: datetime, csrf: str
) -> list[tuple[int, str]]:
    """The messages after that number, each with its HTML."""
    messages = messages_after(db, conversation, after)
    if not messages:
        return []
    phrases = Phrases(db, town, conversation.language)
    told = feedback_on(db, town.id, messages)
    shown = [bubble(message, phrases, now, told.get(message.id)) for message in messages]
    return [(one.seq, render("bericht.html", phrases, bubble=one, csrf=csrf)) for one in shown]


def read_log(db: Session, door: WebDoor, session: WebSession, town: Municipality, now: datetime) -> Log:
    conversation = session.conversation(db, door.keys, town, now)
    if conversation is None:
        phrases = Phrases(db, town, DEFAULT_LANGUAGE)
        words = welcome(db, town, Channel.WEB, DEFAULT_LANGUAGE)
        # The numbers they will have when the first line opens the conversation, so that the buttons hold.
        return Log(phrases, [bubble_to_come(n, w, phrases, now) for n, w in enumerate(words, 1)], "", None, None)
    phrases = Phrases(db, town, conversation.language)
    messages = messages_after(db, conversation, 0)
    lines = [m for m in messages if m.kind is MessageKind.LINE]
    told = feedback_on(db, town.id, messages)
    return Log(
        phrases=phrases,
        bubbles=[bubble(m, phrases, now, told.get(m.id)) for m in messages],
        tag=conversation_tag(door.keys, conversation),
        waiting=_waiting(conversation, lines),
        newest_line=lines[-1].seq if lines else None,
    )


def _waiting(conversation: Conversation, lines: list[Message]) -> str | None:
    if conversation.state in WITH_PERSON:
        return "human_looking"
    open_line = bool(lines) and lines[-1].status is MessageStatus.RECEIVED
    if conversation.state in ANSWERED_BY_BOT and open_line:
        return "waiting_for_answer"
    return "human_waiting" if conversation.state is ConversationState.WAITING else None
