"""Our whole path, as `trede run` has it: receive, turn and actions in this process, one Rasa or two beside it.

`apart`: the actions in a process of their own, as with many machines.
"""

import asyncio
import secrets
from contextlib import AsyncExitStack
from typing import Self

from anyio.to_thread import run_sync
from sqlalchemy import select

from actions.desk import Desk
from actions.server import make_app
from benchmarks.ground import SLUG, Ground
from benchmarks.rasas import names, start_actions, start_rasas
from bot.brain import Brain
from bot.turn import Turns
from cli.servers import listen, serve
from cli.settings import ROOT
from cli.wiring import now
from db.models import Channel, Message
from services.answering import OpenLine
from services.municipalities import find_municipality
from services.receive import Inbound, Received, receive


class OurPath:
    """`ask` begins with the channel's `receive` and ends when the answer is settled in the database."""

    name = "ours"

    def __init__(self, ground: Ground, rasas: int = 1, apart: bool = False) -> None:
        self.ground, self.rasas, self.apart = ground, rasas, apart
        self._open = AsyncExitStack()
        self._waiting: dict[int, asyncio.Event] = {}
        self._lines: dict[int, str] = {}

    async def __aenter__(self) -> Self:
        port = await run_sync(self._start_actions) if self.apart else self._serve_actions()
        actions_url = f"http://127.0.0.1:{port}/webhook"
        brain = Brain(await run_sync(start_rasas, self.ground, self.rasas, actions_url), self.ground.token)
        self._open.push_async_callback(brain.close)
        wiring = self.ground.wiring
        self._turns = Turns(wiring.database, wiring.figures, brain, now, self._said)
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._turns.finish()
        await self._open.aclose()

    async def arrive(self, resident: str) -> None:
        """Nothing has to be opened."""

    async def ask(self, resident: str, text: str) -> None:
        received, taken = await run_sync(self._receive, resident, text)
        waiting = self._waiting[received.conversation_id] = asyncio.Event()
        self._lines[received.line_id] = text
        self._turns.wake(received.conversation_id, taken)
        await waiting.wait()

    def answered(self) -> list[tuple[str, str]]:
        with self.ground.wiring.database.reading() as session:
            rows = session.execute(select(Message.in_reply_to, Message.topic).where(Message.in_reply_to.is_not(None)))
            return [(self._lines[line], topic or "") for line, topic in rows if line in self._lines]

    def servers(self) -> list[int]:
        own = ["our-actions"] if self.apart else []
        return [self.ground.servers[name].pid for name in (*names(self.rasas), *own)]

    def _start_actions(self) -> int:
        return start_actions(self.ground, "our-actions", [str(ROOT / ".venv" / "bin" / "trede"), "actions"])

    def _serve_actions(self) -> int:
        listening = listen("127.0.0.1", 0)
        desk = Desk(self.ground.wiring.database, self.ground.wiring.figures)
        task = asyncio.create_task(serve(make_app(desk, self.ground.token), listening))
        self._open.callback(task.cancel)
        return int(listening.getsockname()[1])

    def _receive(self, resident: str, text: str) -> tuple[Received, OpenLine | None]:
        """As the web chat does it when a form is posted (bot/channels/web/line.py)."""
        wiring, inbound = self.ground.wiring, Inbound(Channel.WEB, resident, secrets.token_hex(16), text)
        with wiring.database.writing() as session:
            received = receive(session, wiring.keys, find_municipality(session, SLUG), inbound, now())
            return received, self._turns.take(session, received.conversation_id)

    def _said(self, conversation_id: int) -> None:
        self._waiting[conversation_id].set()
