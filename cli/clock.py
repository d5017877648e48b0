"""The clock: APScheduler rings, the rows decide. Nothing is kept in its memory that would be missed."""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

HANGS_AFTER = 300.0
"""Seconds. No tick has so much to do; one that waits longer for a database or a disk waits for ever."""


class Clock:
    """Calls `bodies` at their interval. A body that raises is told to `failed`, and called again next time."""

    def __init__(self, failed: Callable[[str], None] = lambda _name: None) -> None:
        # A late tick is one tick, and never too late: the work lies in rows and waits there.
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )
        self._failed = failed
        self._under_way: dict[str, float] = {}
        self._trouble: dict[str, type[Exception]] = {}

    def every(self, seconds: float, body: Callable[[], Awaitable[object]], name: str) -> None:
        """The first time at once: a process that is often started again would otherwise never come to it."""

        async def tick() -> None:
            self._under_way[name] = time.monotonic()
            try:
                await body()
            except Exception as error:
                self._fail(name, error)
            else:
                self._recover(name)
            finally:
                del self._under_way[name]

        self._scheduler.add_job(tick, "interval", seconds=seconds, id=name, next_run_time=datetime.now(UTC))

    def _fail(self, name: str, error: Exception) -> None:
        """Told once: a database that is away for an hour would fill the log with the same line every second."""
        if self._trouble.get(name) is not type(error):
            log.error("tick failed", extra={"why": name}, exc_info=error)
        self._trouble[name] = type(error)
        self._failed(name)

    def _recover(self, name: str) -> None:
        if self._trouble.pop(name, None) is not None:
            log.info("tick works again", extra={"why": name})

    def hangs(self) -> bool:
        """Whether a tick does not come to its end."""
        began = min(self._under_way.values(), default=None)
        return began is not None and time.monotonic() - began > HANGS_AFTER

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
