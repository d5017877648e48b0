"""The child process: Sanic with our channel on a socket the parent opened.

Sanic's own runner closes connections in the middle of a talk when it ends. Ours tells every caller to come back on a
new connection, which another child then takes."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from typing import Any

import uvloop
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.server import HttpProtocol, serve
from sanic.server.async_server import AsyncioServer

import journal
from channel import TredeChannel
from serving import actions, model, rules, stores
from serving.board import Board
from serving.children import CANARIES_WRONG, END, LEAVE, UNREADABLE, Birth
from serving.health import Health
from serving.model import Loaded
from serving.processor import TurnProcessor

LARGEST_BODY = 64 * 1024  # bytes
LONGEST_TURN = 40  # seconds; a few actions of five seconds, after waiting for the line before
CLEAN_EVERY = 3600  # seconds
GOODBYE = 1.0  # seconds in which who is in the middle of a talk hears that it goes on elsewhere
LEAVES_AFTER = 15.0  # seconds in which a turn may end when another child has taken over
ENDS_AFTER = 3.0  # seconds in which a turn may end when all of us stop


@dataclass(frozen=True)
class Wiring:
    """What serve.py was told. `tracker`: memory, a redis:// address or a file; `board`: what the keeper tells."""

    token: str
    actions_url: str
    tracker: str
    board: Board


def run(birth: Birth, wiring: Wiring) -> int:
    """Serves until told to leave or to end, or until the parent is gone. The exit code."""
    actions.install()
    rules.install()
    loaded = birth.model
    if not isinstance(loaded, Loaded):
        try:
            loaded = model.load(loaded.path)
        except Exception as error:
            journal.failure("load_failed", error, model=birth.model.version)
            return UNREADABLE
    uvloop.install()
    return asyncio.run(_live(birth, loaded, wiring))


async def _live(birth: Birth, loaded: Loaded, wiring: Wiring) -> int:
    loop = asyncio.get_running_loop()
    told: asyncio.Future[int] = loop.create_future()
    for number in (LEAVE, END, signal.SIGINT):
        loop.add_signal_handler(number, lambda number=number: told.done() or told.set_result(number))
    loop.add_reader(birth.parent, _end_with_parent)
    app = build(loaded, wiring)
    # Sanic's own way to make a server takes calls before it has run what comes before the start.
    server = serve(None, None, app, sock=birth.listening, loop=loop, protocol=HttpProtocol, run_async=True)
    await server.startup()
    await server.before_start()
    if birth.on_trial and not app.ctx.health.ready:
        return CANARIES_WRONG
    await server  # from here on it takes calls
    birth.accepting()
    how = await told
    await _finish(server, app, GOODBYE if how == LEAVE else 0.0, LEAVES_AFTER if how == LEAVE else ENDS_AFTER)
    return 0


async def _finish(server: AsyncioServer, app: Sanic, goodbye: float, within: float) -> None:
    """Take no new calls, answer those that are there, and hang up where nobody talks."""
    app.ctx.leaving = True
    server.server.close()
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    await asyncio.sleep(goodbye)
    while server.connections and loop.time() < deadline:
        for connection in list(server.connections):
            connection.close_if_idle()
        await asyncio.sleep(0.02)
    for connection in list(server.connections):
        connection.abort()


def build(loaded: Loaded, wiring: Wiring) -> Sanic:
    """The app without Rasa's HTTP API: two routes and nothing else."""
    app = Sanic("trede_nlu", configure_logging=False)
    app.config.update(
        {
            "ACCESS_LOG": False,
            "REQUEST_MAX_SIZE": LARGEST_BODY,
            "RESPONSE_TIMEOUT": LONGEST_TURN,
            "FALLBACK_ERROR_FORMAT": "json",
            "KEEP_ALIVE_TIMEOUT": 75,
        }
    )
    app.ctx.leaving, app.ctx.health = False, Health(loaded.version, wiring.board)
    health = app.ctx.health
    register([TredeChannel(wiring.token, health, frozenset(loaded.manifest["payloads"]))], app, "/webhooks/")

    async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.agent = assemble(loaded, wiring)
        await health.check(app.ctx.agent, loaded.manifest["canaries"])
        app.ctx.cleaning = loop.create_task(_clean(wiring.tracker))

    def say_goodbye(request: Request, _response: HTTPResponse) -> None:
        if app.ctx.leaving:
            request.stream.keep_alive = False

    app.register_listener(start, "before_server_start")
    app.register_middleware(say_goodbye, "response")
    return app


def assemble(loaded: Loaded, wiring: Wiring) -> Agent:
    """Rasa's agent around the model that is in memory already."""
    trackers = stores.trackers(wiring.tracker, loaded.domain)
    locks = stores.locks(wiring.tracker)
    # The action server is ours too and asks for the token that we share; in a header, since addresses get logged.
    bearer = {"Authorization": f"Bearer {wiring.token}"}
    endpoint = EndpointConfig(wiring.actions_url, headers=bearer, enable_selective_domain=True)
    agent = Agent(domain=loaded.domain, tracker_store=trackers, lock_store=locks, action_endpoint=endpoint)
    # Not the agent's own: Rasa wraps the store in one that forgets a conversation when the store is away.
    agent.processor = TurnProcessor(loaded, trackers, locks, endpoint)
    return agent


def _end_with_parent() -> None:
    journal.event("parent_gone")
    os._exit(0)


async def _clean(where: str) -> Any:
    """Once an hour, in a thread, what no session will ask for any more."""
    while True:
        await asyncio.sleep(CLEAN_EVERY)
        try:
            rows = await asyncio.get_running_loop().run_in_executor(None, stores.forget_old, where)
            journal.event("forgot_old", rows=rows)
        except Exception as error:  # a locked file: the next hour is early enough
            journal.failure("forgetting_failed", error)
