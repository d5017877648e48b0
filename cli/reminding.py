"""Say the reminders whose time has come. Any number of workers may do this beside each other."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from benefits.figures import Figures
from db.session import Database
from services.checklist.remind import Sayings, say_reminder
from services.reminders import claim_reminders

log = logging.getLogger(__name__)

AT_ONCE, IN_ONE_GO = 100, 20
"""Claimed together, and said in one transaction."""
BREATH = 0.05
"""Seconds between two of those. Where one writes at a time (SQLite), a resident's line gets in between."""


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
            for some in batched(claimed, IN_ONE_GO):
                for conversation_id in await anyio.to_thread.run_sync(self._say, some):
                    self.said(conversation_id)
                await asyncio.sleep(BREATH)

    def _claim(self) -> list[int]:
        with self.database.writing() as session:
            return claim_reminders(session, self.name, self.clock(), AT_ONCE)

    def _say(self, some: tuple[int, ...]) -> list[int]:
        said = []
        with self.database.writing() as session:
            sayings = Sayings(session)
            for reminder_id in some:
                try:
                    with session.begin_nested():
                        one = say_reminder(session, self.figures, reminder_id, self.name, self.clock(), sayings)
                except SQLAlchemyError:
                    raise  # the database is away: they are still there when it is back
                except Exception:
                    log.exception("a reminder could not be said", extra={"line": reminder_id})
                else:
                    said += [one] if one is not None else []
        return said
