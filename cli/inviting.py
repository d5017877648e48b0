"""See to invitations and the agenda: who is due, who answered, how it went. Any number of workers may do this."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from db.models import Municipality
from db.session import Database
from services.agenda.hold import release_lapsed_holds
from services.agenda.programmes import Programme, programmes_of
from services.inviting.find import open_due
from services.inviting.invite import take_further
from services.inviting.pending import pending
from services.missing_outcomes import ask_for_outcomes
from services.municipalities import list_municipalities

log = logging.getLogger(__name__)

STEPS = 500
"""In one tick of one municipality. What is left comes at the next one: a tick has to come to its end."""
BREATH = 0.02
"""Seconds between two deeds. Where one writes at a time (SQLite), a resident's line gets in between."""


@dataclass
class Inviting:
    database: Database
    clock: Callable[[], datetime]

    async def see_to_all(self) -> None:
        """Every municipality: open invitations for who is due, take each a step further, and ask how it went."""
        for town in await anyio.to_thread.run_sync(self._towns):
            for programme in programmes_of(town).values():
                after: int | None = 0
                while after is not None:
                    after = await anyio.to_thread.run_sync(self._open, town, programme, after)
                    await asyncio.sleep(BREATH)
            await self._step(town)
            asked = True
            while asked:
                asked = await anyio.to_thread.run_sync(self._ask, town)
                await asyncio.sleep(BREATH)

    async def release_holds(self) -> None:
        """Times that somebody did not choose after all are free again."""
        await anyio.to_thread.run_sync(self._release)

    async def _step(self, town: Municipality) -> None:
        for invitation_id in await anyio.to_thread.run_sync(self._pending, town):
            await anyio.to_thread.run_sync(self._further, invitation_id)

    def _towns(self) -> Sequence[Municipality]:
        with self.database.reading() as session:
            return list_municipalities(session)

    def _open(self, town: Municipality, programme: Programme, after: int) -> int | None:
        with self.database.writing() as session:
            _, onward = open_due(session, town, programme, after, self.clock())
        return onward

    def _pending(self, town: Municipality) -> Sequence[int]:
        with self.database.reading() as session:
            return pending(session, town, self.clock(), STEPS)

    def _further(self, invitation_id: int) -> None:
        """One that breaks is told and passed over: it is tried again at the next tick, and the others go on."""
        try:
            with self.database.writing() as session:
                take_further(session, invitation_id, self.clock())
        except SQLAlchemyError:
            raise  # the database is away: they are still there when it is back
        except Exception:
            log.exception("an invitation could not be taken further", extra={"line": invitation_id})

    def _ask(self, town: Municipality) -> bool:
        with self.database.writing() as session:
            return ask_for_outcomes(session, town, self.clock()) > 0

    def _release(self) -> None:
        with self.database.writing() as session:
            release_lapsed_holds(session, self.clock())
