"""The session of a browser: a random token in a cookie. The server keeps only an HMAC of it."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.door import WebDoor, door_of
from db.models import Channel, Conversation, Municipality
from services.conversations import WAITS_FOR, Address, find_conversation
from services.keys import Keys
from services.municipalities import find_municipality
from services.people.person import is_linked
from services.phrases import DEFAULT_LANGUAGE, Phrases

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
LINKED_FOR = timedelta(days=180)
"""Who linked this browser to his case finds his appointments and reminders in it between two conversations."""


@dataclass
class WebSession:
    token: str
    needed_for: timedelta = WAITS_FOR
    """How long this browser has to be known again."""

    def address(self, municipality: Municipality) -> Address:
        return Address(municipality, Channel.WEB, self.token)

    def csrf(self, keys: Keys) -> str:
        return keys.lookup("csrf", self.token)

    def csrf_holds(self, keys: Keys, given: str) -> bool:
        return hmac.compare_digest(self.csrf(keys).encode(), given.encode())

    def seat(self, keys: Keys) -> str:
        """The name of this session among the open streams."""
        return keys.lookup("seat", self.token)

    def conversation(self, session: Session, keys: Keys, town: Municipality, now: datetime) -> Conversation | None:
        found = find_conversation(session, keys, self.address(town), now)
        if found is not None:
            self.saw(found, now)
        if is_linked(session, keys, self.address(town)):
            self.needed_for = max(self.needed_for, LINKED_FOR)
        return found

    def saw(self, conversation: Conversation, now: datetime) -> None:
        """A list that is still needed is found back as long as that."""
        if conversation.needed_until is not None:
            self.needed_for = max(self.needed_for, conversation.needed_until - now)


def speaking(db: Session, door: WebDoor, session: WebSession, slug: str) -> tuple[Conversation | None, Phrases]:
    """The conversation of this session in that municipality, and the sentences in the language it is held in."""
    town = find_municipality(db, slug)
    conversation = session.conversation(db, door.keys, town, door.clock())
    return conversation, Phrases(db, town, conversation.language if conversation else DEFAULT_LANGUAGE)


def web_session(request: Request) -> WebSession:
    """The session of this browser; a new one when there is none, or when the cookie is not one of ours."""
    token = request.cookies.get(cookie_name(door_of(request)), "")
    return WebSession(token if TOKEN.fullmatch(token) else secrets.token_urlsafe(32))


def cookie_name(door: WebDoor) -> str:
    # The prefix makes browsers refuse the cookie from a subdomain or without TLS.
    return "__Host-trede" if door.secure_cookies else "trede"


def keep_session(response: Response, door: WebDoor, session: WebSession) -> None:
    """The cookie lives as long as a conversation with a person can be resumed, counted from the last page, and longer
    when a list is still needed or the chat is linked to a case. One with none of these is gone for this browser before
    it."""
    response.set_cookie(
        cookie_name(door),
        session.token,
        max_age=int(session.needed_for.total_seconds()),
        path="/",
        secure=door.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def is_cross_site(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") == "cross-site"


def conversation_tag(keys: Keys, conversation: Conversation | None) -> str:
    """Names a conversation on a page, so that a page of a wiped one is recognised; empty before the first line."""
    return "" if conversation is None else keys.lookup("page", conversation.public_id)[:20]
