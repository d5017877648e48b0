"""What the Telegram channel needs from the process around it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from db.session import Database
from services.keys import Keys


@dataclass(frozen=True)
class TelegramDoor:
    database: Database
    keys: Keys
    clock: Callable[[], datetime]
    municipality_slug: str
    wake: Callable[[int], None]
    """Called on the event loop with the number of a conversation in which something was written."""
