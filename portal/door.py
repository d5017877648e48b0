"""What the staff's pages need from the process around them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import cast

from anyio import CapacityLimiter
from starlette.requests import Request

from benefits.figures import Figures
from benefits.income.law import IncomeLaw, income_law
from db.session import Database
from pages.live import Live
from services.keys import Keys


@dataclass(frozen=True)
class Understanding:
    """How a line is understood now. `topic`: None when the assistant asks what is meant; shares from 0 to 1."""

    topic: str | None
    ranking: tuple[tuple[str, float], ...]
    model: str


async def nobody_understands(_text: str, _municipality: str, _language: str) -> Understanding | None:
    return None


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
    understand: Callable[[str, str, str], Awaitable[Understanding | None]] = nobody_understands
    """Tries a line: text, slug of a municipality, language. None when no Rasa can tell now."""

    @cached_property
    def law(self) -> IncomeLaw:
        """Made of the figures when the first calculation is varied."""
        return income_law(self.figures)


def door_of(request: Request) -> PortalDoor:
    return cast(PortalDoor, request.app.state.door)
