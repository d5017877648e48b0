"""Say the reminders whose time has come. Any number of workers may do this beside each other."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import anyio.to_thread

from benefits.figures import Figures
from db.session import Database
from services.checklist.remind import say_reminder
from services.reminders import claim_reminders

log = logging.getLogger(__name__)

AT_ONCE = 100


@dataclass
class Reminding:
    database: Database
    figures: Figures
    clock: Callable[[], datetime]
    said: Callable[[int], None]
    """Called with the conversation's number after something was written."""
    name: str = field(default_factory=lambda: secrets.token_hex(8))

    async def say_due(self) -> None:
        """All that are due now. One that breaks waits until its lease is over, and the others go on."""
        while claimed := await anyio.to_thread.run_sync(self._claim):
            for reminder_id in claimed:
                conversation_id = await anyio.to_thread.run_sync(self._say, reminder_id)
                if conversation_id is not None:
                    self.said(conversation_id)

    def _claim(self) -> list[int]:
        with self.database.writing() as session:
            return claim_reminders(session, self.name, self.clock(), AT_ONCE)

    def _say(self, reminder_id: int) -> int | None:
        try:
            with self.database.writing() as session:
                return say_reminder(session, self.figures, reminder_id, self.name, self.clock())
        except Exception:
            log.exception("a reminder could not be said", extra={"line": reminder_id})
            return None
