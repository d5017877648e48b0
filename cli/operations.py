"""What a process tells of itself: that it is there, how it fares, and what it counted."""

import logging
import secrets
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.brain import Brain
from bot.health import Watched, health_routes
from cli.clock import Clock
from cli.metrics import Metrics, OpenStreams, Store
from cli.servers import listen, serve
from cli.wiring import Wiring, now
from services.processes import BEAT_EVERY, Self, beat, forget_gone, leave
from services.reminding.overdue import is_behind

log = logging.getLogger(__name__)

ASKS_RASA = {"web", "worker", "telegram"}


class Operations:
    """Of one process. The listener is taken at once, so that a taken port is told before anything else starts."""

    def __init__(self, wiring: Wiring, parts: set[str]) -> None:
        self.wiring, self.parts = wiring, parts
        settings = wiring.settings
        self.metrics = Metrics(parts)
        self.clock = Clock(lambda tick: self.metrics.ticks.labels(tick).inc())
        self.clock.every(BEAT_EVERY.total_seconds(), self._beat, "beat")
        if "worker" in parts:
            self.metrics.registry.register(Store(wiring.database, wiring.figures, now))
        self._me = Self(
            secrets.token_hex(8), socket.gethostname(), tuple(sorted(parts)), wiring.keys.check,
            settings.own_secret_key, now(),
        )  # fmt: skip
        self.listening = listen(settings.ops_host, settings.ops_port) if settings.ops_port else None

    @property
    def on_the_web(self) -> bool:
        """Whether the web's own port tells the metrics: only in a trial, where nobody from outside comes there."""
        settings = self.wiring.settings
        return not settings.ops_port and not settings.public_url and settings.host in ("127.0.0.1", "::1", "localhost")

    def watched(self, brain: Brain) -> Watched:
        asked = brain if self.parts & ASKS_RASA else None
        return Watched(self.wiring.database, asked, self.clock.hangs, self.metrics.page, self._behind)

    def _behind(self) -> bool:
        with self.wiring.database.reading() as session:
            return is_behind(session, now())

    def tasks(self, brain: Brain, open_streams: Callable[[], int]) -> list[Coroutine[Any, Any, None]]:
        if "web" in self.parts:
            self.metrics.registry.register(OpenStreams(open_streams))
        if self.listening is None:
            return []
        return [serve(Starlette(routes=health_routes(self.watched(brain), with_metrics=True)), self.listening)]

    async def leave(self) -> None:
        """Told to stop: nobody has to wonder where this process went."""
        try:
            await anyio.to_thread.run_sync(self._leave)
        except SQLAlchemyError:
            log.warning("did not sign off")

    async def _beat(self) -> None:
        await anyio.to_thread.run_sync(self._tell)

    def _tell(self) -> None:
        with self.wiring.database.writing() as session:
            beat(session, self._me, now())
            if "worker" in self.parts:
                forget_gone(session, now())

    def _leave(self) -> None:
        with self.wiring.database.writing() as session:
            leave(session, self._me.name)
