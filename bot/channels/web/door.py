"""What the web chat needs from the process around it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from starlette.requests import Request

from db.session import Database
from pages.live import Live
from services.keys import Keys


@dataclass(frozen=True)
class WebDoor:
    database: Database
    keys: Keys
    clock: Callable[[], datetime]
    secure_cookies: bool
    wake: Callable[[int], None]
    """Called on the event loop with the number of a conversation that has a new line."""
    live: Live
    forget: Callable[[str], None]
    """Called on the event loop with the public name of a conversation that was wiped."""


def door_of(request: Request) -> WebDoor:
    return cast(WebDoor, request.app.state.door)
