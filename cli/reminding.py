"""Say the reminders whose time has come, and give up those that are too late. Any number of workers may do this."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import batched

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from benefits.figures import Figures
from db.session import Database
from services.checklist.remind import say_thing
from services.reminding.claim import claim_reminders, give_up_late
from services.reminding.say import SAY, Saying
from services.reminding.speak import Said, say_reminders

log = logging.getLogger(__name__)

AT_ONCE, IN_ONE_GO = 200, 50
"""Claimed together, and said in one transaction."""
BREATH = 0.05
"""Seconds between two of those where one writes at a time (SQLite): a resident's line gets in between."""


@dataclass
class Reminding:
    database: Database
    figures: Figures
    clock: Callable[[], datetime]
    heard: Callable[[int], None]
    """Called with the conversation's number after something was written."""
    told: Callable[[timedelta], None] = lambda _late: None
    """Called for each that was said, with how late it was."""
    looked: Callable[[], None] = lambda: None
    """Called when nothing is left to say."""
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    say: Mapping[str, Saying] = field(init=False)

    def __post_init__(self) -> None:
        self.say = SAY | {"checklist": partial(say_thing, self.figures)}

    async def say_due(self) -> None:
        """All that are due now. One that breaks waits until its lease is over, and the others go on."""
        while await anyio.to_thread.run_sync(self._give_up):
            pass
        while claimed := await anyio.to_thread.run_sync(self._claim):
            for some in batched(claimed, IN_ONE_GO):
                for said in await anyio.to_thread.run_sync(self._say, some):
                    self.heard(said.conversation_id)
                    self.told(said.late)
                if self.database.one_writer:
                    await asyncio.sleep(BREATH)
        self.looked()

    def _give_up(self) -> int:
        with self.database.writing() as session:
            return give_up_late(session, self.clock())

    def _claim(self) -> list[int]:
        with self.database.writing() as session:
            return claim_reminders(session, self.name, self.clock(), AT_ONCE)

    def _say(self, some: Collection[int]) -> list[Said]:
        try:
            return self._say_together(some)
        except SQLAlchemyError:
            raise  # the database is away: they are still there when it is back
        except Exception:
            if len(some) > 1:
                return [said for one in some for said in self._say([one])]
            log.exception("a reminder could not be said", extra={"line": next(iter(some))})
            return []

    def _say_together(self, some: Collection[int]) -> list[Said]:
        with self.database.writing() as session:
            return say_reminders(session, self.say, some, self.name, self.clock())
