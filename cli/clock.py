"""The clock: APScheduler rings, the rows decide. Nothing is kept in its memory that would be missed."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)


class Clock:
    """Calls `bodies` at their interval. A body that raises is logged and called again at the next tick."""

    def __init__(self) -> None:
        # A late tick is one tick, and never too late: the work lies in rows and waits there.
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )

    def every(self, seconds: float, body: Callable[[], Awaitable[object]], name: str) -> None:
        """The first time at once: a process that is often started again would otherwise never come to it."""

        async def tick() -> None:
            try:
                await body()
            except Exception:
                log.exception("tick failed", extra={"why": name})

        self._scheduler.add_job(tick, "interval", seconds=seconds, id=name, next_run_time=datetime.now(UTC))

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
