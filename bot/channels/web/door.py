"""What the web chat needs from the process around it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy.orm import Session
from starlette.requests import Request

from db.session import Database
from pages.live import Live
from services.answering import OpenLine
from services.keys import Keys


class Wake(Protocol):
    def __call__(self, conversation_id: int, line: OpenLine | None = None, /) -> None: ...


def leave_it(_session: Session, _conversation_id: int) -> None:
    """Take nothing: whoever is woken takes it."""


@dataclass(frozen=True)
class WebDoor:
    database: Database
    keys: Keys
    clock: Callable[[], datetime]
    secure_cookies: bool
    wake: Wake
    """Called on the event loop with the number of a conversation that has a new line, and the line if it was taken."""
    live: Live
    forget: Callable[[str], None]
    """Called on the event loop with the public name of a conversation that was wiped."""
    take: Callable[[Session, int], OpenLine | None] = leave_it
    """Called in the transaction that stores a line: to answer it here, without a transaction of its own."""


def door_of(request: Request) -> WebDoor:
    return cast(WebDoor, request.app.state.door)
