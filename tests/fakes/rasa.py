"""A Rasa that answers as a test tells it to, over HTTP and in a thread; nothing of it is real but the protocol."""

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cli.servers import Server, listen
from services.words import Words

TOKEN = "a token for tests"

type Line = dict[str, Any]
type Reply = Callable[[Line], Words | list[Words]]


def say_it_back(line: Line) -> Words:
    return Words(f"antwoord op: {line['text']}", topic="wealth_limit")


class Rasa:
    """`with Rasa() as rasa:` listens on a port of its own until the end; `stop()` closes the port before that."""

    def __init__(self) -> None:
        self.reply: Reply = say_it_back
        self.status = 200
        self.lines: list[Line] = []
        self.forgotten: list[str] = []
        self.health: dict[str, Any] = {"model": "stand-in", "canaries": [], "memory_mb": 1, "remembers": True}
        self.hold = threading.Event()
        """While it is not set, lines get no answer."""
        self.hold.set()
        self._listening = listen("127.0.0.1", 0)
        self._port = int(self._listening.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.hold.set()
        self.stop()

    def start(self) -> None:
        """Listen, again on the same port after `stop()`."""
        if self._listening.fileno() == -1:
            self._listening = listen("127.0.0.1", self._port)
        # Its own listening socket queues connections from now on: nobody has to wait until the thread is there.
        self._listening.listen()
        config = uvicorn.Config(
            self._app(), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = Server(config)
        self._thread = threading.Thread(target=asyncio.run, args=(self._server.serve([self._listening]),), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The port is closed afterwards."""
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/trede/webhook", self._webhook, methods=["POST"]),
                Route("/webhooks/trede/forget", self._forget, methods=["POST"]),
                Route("/webhooks/trede/health", self._health),
            ]
        )

    async def _webhook(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response(status_code=401)
        line = await request.json()
        self.lines.append(line)
        await asyncio.to_thread(self.hold.wait)
        if self.status != 200:
            return JSONResponse({"error": "as told"}, self.status)
        said = self.reply(line)
        messages = [{"custom": words.to_json()} for words in (said if isinstance(said, list) else [said])]
        parse = {"topic": "wealth_limit", "confidence": 0.9, "ranking": [{"topic": "wealth_limit", "confidence": 0.9}]}
        failed = {} if messages else {"action_failed": True}
        return JSONResponse({"parse": parse, "messages": messages, "model": "stand-in", **failed})

    async def _forget(self, request: Request) -> Response:
        self.forgotten.append((await request.json())["conversation"])
        return JSONResponse({})

    async def _health(self, _request: Request) -> Response:
        return JSONResponse({"ready": self.status != 503, **self.health})
