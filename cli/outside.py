"""The channels of a process: which are open, and how they hear that something was said."""

import asyncio
import socket
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.brain import Brain
from bot.channels.web.app import make_app
from bot.channels.web.door import WebDoor
from bot.deliver import Deliverer
from bot.health import health_routes
from bot.probe import try_line
from bot.turn import Turns
from cli.operations import Operations
from cli.servers import serve
from cli.understanding import FALLBACK
from cli.wiring import Wiring, now
from pages.live import Live
from portal.app import PortalDoor, portal_routes
from portal.door import Understanding
from services.answering import OpenLine

if TYPE_CHECKING:
    from cli.telegram import Telegram

type Task = Coroutine[Any, Any, None]


class Outside:
    """Web chat and Telegram, as far as this process has them."""

    turns: Turns

    telegram: "Telegram | None" = None
    deliverer: Deliverer | None = None

    def __init__(self, wiring: Wiring, brain: Brain, parts: set[str], operations: Operations) -> None:
        self.wiring, self.brain, self.parts, self.operations = wiring, brain, parts, operations
        self.live = Live(wiring.database)
        self._forgetting: set[asyncio.Task[None]] = set()

    def open(self, telegram: "Telegram") -> None:
        self.telegram = telegram
        if self.parts & {"worker", "telegram"}:
            self.deliverer = telegram.deliverer

    def said(self, conversation_id: int) -> None:
        """Something was written in this conversation: open pages and the sender hear it at once."""
        self.live.ring(conversation_id)
        if self.deliverer is not None:
            self.deliverer.wake()

    def heard(self, conversation_id: int) -> None:
        """A line came in over Telegram."""
        self.operations.metrics.line_came("telegram")
        self.turns.wake(conversation_id)
        self.said(conversation_id)

    def posted(self, conversation_id: int, line: OpenLine | None = None) -> None:
        """A line came in over the web."""
        self.operations.metrics.line_came("web")
        self.turns.wake(conversation_id, line)

    def tasks(self, listening: socket.socket | None) -> list[Task]:
        tasks: list[Task] = []
        if listening is not None:
            tasks.append(serve(self._web_app(), listening))
        if self.deliverer is not None:
            tasks.append(self.deliverer.run())
        if self.telegram is not None and "telegram" in self.parts:
            tasks.append(self.telegram.listen(alone=self.parts == {"telegram"}))
        return tasks

    def _web_app(self) -> ASGIApp:
        door = WebDoor(
            database=self.wiring.database,
            keys=self.wiring.keys,
            clock=now,
            secure_cookies=self.wiring.settings.secure,
            wake=self.posted,
            live=self.live,
            forget=self._forget,
            take=self.turns.take,
        )
        routes: list[BaseRoute] = [*health_routes(self.operations.watched(self.brain), self.operations.on_the_web)]
        routes += self.telegram.routes() if self.telegram is not None else []
        routes += portal_routes(self._portal_door())
        routes.append(Mount("/", make_app(door)))
        proxies = self.wiring.settings.trusted_proxies
        app: ASGIApp = Starlette(routes=routes)
        # What our own proxy says of who asks is true; what anybody else says of it is not.
        return ProxyHeadersMiddleware(app, list(proxies)) if proxies else app  # type: ignore[arg-type,return-value]

    def _portal_door(self) -> PortalDoor:
        return PortalDoor(
            database=self.wiring.database,
            keys=self.wiring.keys,
            figures=self.wiring.figures,
            clock=now,
            secure_cookies=self.wiring.settings.secure,
            live=self.live,
            wake=self.said,
            forget=self._forget,
            # Behind TLS there is a proxy before us: unless we know it, every request comes from its address.
            sees_addresses=bool(self.wiring.settings.trusted_proxies) or not self.wiring.settings.secure,
            understand=self._understand,
        )

    async def _understand(self, text: str, municipality: str, language: str) -> Understanding | None:
        found = await try_line(self.brain, municipality, language, text, now())
        if found is None:
            return None
        ranking = tuple((str(one["name"]), float(one["confidence"])) for one in found.ranking)
        return Understanding(None if found.topic == FALLBACK else found.topic, ranking, found.model)

    def _forget(self, conversation: str) -> None:
        task = asyncio.create_task(self.brain.forget(conversation))
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)
