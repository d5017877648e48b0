"""What the staff's pages need from the process around them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from anyio import CapacityLimiter
from starlette.requests import Request

from benefits.figures import Figures
from db.session import Database
from pages.live import Live
from services.keys import Keys


@dataclass(frozen=True)
class PortalDoor:
    database: Database
    keys: Keys
    figures: Figures
    clock: Callable[[], datetime]
    secure_cookies: bool
    live: Live
    wake: Callable[[int], None]
    """Called on the event loop with the number of a conversation in which something was said or that changed hands."""
    forget: Callable[[str], None]
    """Called on the event loop with the public name of a conversation that was wiped."""
    sees_addresses: bool = True
    """Whether the address of a request is that of the browser. Behind a proxy that we do not know it is the proxy's,
    and one who tries passwords would lock out everybody."""
    hashing: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))
    """Comparing a password takes 64 MiB: two at once, the others wait."""


def door_of(request: Request) -> PortalDoor:
    return cast(PortalDoor, request.app.state.door)
