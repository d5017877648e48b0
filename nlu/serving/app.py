"""The child process: Sanic with our channel on a socket the parent opened."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

import journal
from channel import TredeChannel
from serving import actions, stores
from serving.health import Health
from serving.model import Loaded
from serving.processor import TurnProcessor

LARGEST_BODY = 64 * 1024  # bytes
LONGEST_TURN = 40  # seconds; a few actions of five seconds, after waiting for the line before
CLEAN_EVERY = 3600  # seconds


@dataclass(frozen=True)
class Wiring:
    """What serve.py was told. `tracker`: memory, a redis:// address or a file; `parent`: closes when it dies."""

    token: str
    actions_url: str
    tracker: str
    parent: int


def run(listening: socket.socket, loaded: Loaded, wiring: Wiring) -> None:
    """Serves until SIGTERM or until the parent is gone."""
    actions.install()
    app = build(loaded, wiring)
    app.run(sock=listening, workers=1, access_log=False, debug=False, motd=False, register_sys_signals=True)


def build(loaded: Loaded, wiring: Wiring) -> Sanic:
    """The app without Rasa's HTTP API: two routes and nothing else."""
    app = Sanic("trede_nlu", configure_logging=False)
    app.config.update(
        {
            "REQUEST_MAX_SIZE": LARGEST_BODY,
            "RESPONSE_TIMEOUT": LONGEST_TURN,
            "GRACEFUL_SHUTDOWN_TIMEOUT": 3.0,
            "FALLBACK_ERROR_FORMAT": "json",
            "KEEP_ALIVE_TIMEOUT": 75,
        }
    )
    health = Health(loaded.version)
    register([TredeChannel(wiring.token, health, frozenset(loaded.manifest["payloads"]))], app, "/webhooks/")

    async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        loop.add_reader(wiring.parent, _end_with_parent)
        app.ctx.agent = assemble(loaded, wiring)
        await health.check(app.ctx.agent, loaded.manifest["canaries"])
        app.ctx.cleaning = loop.create_task(_clean(wiring.tracker))

    app.register_listener(start, "before_server_start")
    return app


def assemble(loaded: Loaded, wiring: Wiring) -> Agent:
    """Rasa's agent around the model that is in memory already."""
    trackers = stores.trackers(wiring.tracker, loaded.domain)
    locks = stores.locks(wiring.tracker)
    # The action server is ours too and asks for the token that we share; in a header, since addresses get logged.
    bearer = {"Authorization": f"Bearer {wiring.token}"}
    endpoint = EndpointConfig(wiring.actions_url, headers=bearer, enable_selective_domain=True)
    agent = Agent(domain=loaded.domain, tracker_store=trackers, lock_store=locks, action_endpoint=endpoint)
    agent.processor = TurnProcessor(loaded, agent.tracker_store, agent.lock_store, endpoint)
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
