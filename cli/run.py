"""`trede run` and its parts: one event loop in which everything lives that this process is to do."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread

from actions.desk import Desk
from actions.server import make_app as make_actions_app
from bot.brain import Brain
from bot.turn import Turns
from cli.clock import Clock
from cli.demo import make_demo_accounts
from cli.demo_agenda import make_demo_agenda
from cli.inviting import Inviting
from cli.logs import set_up_logs
from cli.operations import Operations
from cli.outside import Outside
from cli.prepare import prepare, prepare_database
from cli.publishing import Publishing
from cli.rasa_child import RasaChild
from cli.reminding import Reminding
from cli.servers import listen, serve
from cli.wiring import Wiring, now
from services.retention import erase_old_conversations
from services.search import tidy_up
from services.waiting import tell_waiting

log = logging.getLogger(__name__)

ALL = {"web", "worker", "actions", "telegram", "rasa"}
PICK_UP_EVERY, REMIND_EVERY, TELL_WAITING_EVERY, CLEAN_EVERY = 1.0, 2.0, 30.0, 3600.0
RELEASE_EVERY, INVITE_EVERY = 60.0, 120.0
ACTIONS_PORT = 5055


def run(wiring: Wiring, parts: set[str] | None, tell: Callable[[str], None]) -> None:
    """Run these parts (all, when None) until a signal. Raises PortTaken, TrainingFailed and the like before that."""
    chosen = parts or ALL - ({"rasa"} if wiring.settings.rasa_url else set())
    set_up_logs(wiring.settings.log_level)
    with asyncio.Runner() as runner:
        # A part on its own has nobody before a screen: its log is for machines, line by line.
        runner.run(House(wiring, chosen, tell if parts is None else log.info).live())


@dataclass
class House:
    """What runs in this process. Every part is a task; when one breaks, all end and the process with them."""

    wiring: Wiring
    parts: set[str]
    tell: Callable[[str], None]
    tasks: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    operations: Operations = field(init=False)

    def __post_init__(self) -> None:
        self.operations = Operations(self.wiring, self.parts)

    async def live(self) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        listening = listen(self.wiring.settings.host, self.wiring.settings.port) if "web" in self.parts else None
        rasa_url = self._start_actions_and_rasa()
        brain = Brain(rasa_url, self.wiring.settings.rasa_token, failed=self.operations.metrics.rasa_failed)
        outside = Outside(self.wiring, brain, self.parts, self.operations)
        if not self.wiring.settings.telegram_token:
            await self._live(outside, brain, listening, stop)
            return
        from cli.telegram import open_telegram  # noqa: PLC0415  takes a second that few installations need

        async with open_telegram(self.wiring, outside.heard) as telegram:
            outside.open(telegram)
            await self._live(outside, brain, listening, stop)

    async def _live(self, outside: Outside, brain: Brain, listening: socket.socket | None, stop: asyncio.Event) -> None:
        counted = self.operations.metrics.answered
        turns = Turns(self.wiring.database, self.wiring.figures, brain, now, outside.said, dealt_with=counted)
        outside.turns = turns
        clock = self._clock(turns, brain)
        self.tasks += outside.tasks(listening)
        self.tasks += self.operations.tasks(brain, lambda: outside.live.open_pages)
        if "worker" in self.parts:
            self.tasks.append(Publishing(self.wiring).keep())
        if listening is not None:
            self.tasks.append(self._announce(brain))
        clock.start()
        try:
            await self._until(stop)
        finally:
            clock.stop()
            await turns.finish()
            await brain.close()
            await self.operations.leave()

    def _start_actions_and_rasa(self) -> str:
        """The address of Rasa; a child of ours unless it runs somewhere else."""
        settings = self.wiring.settings
        if "rasa" in self.parts:
            prepare(self.wiring, self.tell)
            make_demo_accounts(self.wiring, self.tell)
            make_demo_agenda(self.wiring, self.tell)
        elif self.parts != {"actions"}:
            prepare_database(self.wiring, self.tell)
        actions_url = ""
        if "actions" in self.parts:
            # Rasa somewhere else has to know the port; a child of ours is told the free one.
            port = settings.actions_port or (0 if "rasa" in self.parts else ACTIONS_PORT)
            listening = listen(settings.actions_host, port)
            desk = Desk(self.wiring.database, self.wiring.figures)
            self.tasks.append(serve(make_actions_app(desk, settings.rasa_token), listening))
            actions_url = f"http://{settings.actions_host}:{listening.getsockname()[1]}/webhook"
        if "rasa" not in self.parts:
            return settings.rasa_url or "http://127.0.0.1:5005"
        child = RasaChild(settings.rasa_token, actions_url, settings.data_dir)
        self.tasks.append(child.keep())
        return child.url

    def _clock(self, turns: Turns, brain: Brain) -> Clock:
        clock = self.operations.clock
        if self.parts & {"web", "worker", "telegram"}:
            clock.every(PICK_UP_EVERY, turns.pick_up, "pick up")
        if "worker" in self.parts:
            metrics = self.operations.metrics
            reminding = Reminding(
                self.wiring.database, self.wiring.figures, now, turns.said, metrics.reminder_said,
                metrics.looked.set_to_current_time,
            )  # fmt: skip
            clock.every(REMIND_EVERY, reminding.say_due, "say reminders")
            inviting = Inviting(self.wiring.database, now)
            clock.every(RELEASE_EVERY, inviting.release_holds, "release holds")
            clock.every(INVITE_EVERY, inviting.see_to_all, "invite")
            clock.every(TELL_WAITING_EVERY, lambda: self._tell_waiting(turns), "tell who waits")
            clock.every(CLEAN_EVERY, lambda: self._clean(brain), "clean")
        return clock

    async def _tell_waiting(self, turns: Turns) -> None:
        """Those who wait for a person; see services/waiting.py."""

        def tell() -> list[int]:
            with self.wiring.database.writing() as session:
                return tell_waiting(session, now())

        for conversation_id in await anyio.to_thread.run_sync(tell):
            turns.said(conversation_id)

    async def _clean(self, brain: Brain) -> None:
        """Erase what is older than it may be, here and in Rasa's memory."""

        def erase() -> list[str]:
            with self.wiring.database.writing() as session:
                return erase_old_conversations(session, now())

        while erased := await anyio.to_thread.run_sync(erase):
            for conversation in erased:
                await brain.forget(conversation)
        await anyio.to_thread.run_sync(self._forget_words)

    def _forget_words(self) -> None:
        """Of what was erased or wiped, the index of the search still holds the words."""
        with self.wiring.database.writing() as session:
            tidy_up(session)

    async def _announce(self, brain: Brain) -> None:
        """Say where the chat is, and when the understanding is ready. The chat keeps lines until then."""
        settings = self.wiring.settings
        address = settings.public_url or f"http://{settings.host}:{settings.port}/"
        self.tell(f"De chat staat open op {address} (het begrip start nog, ongeveer 20 seconden)")
        self.tell(f"Medewerkers loggen in op {address.rstrip('/')}/portal/")
        while not await brain.wait_until_ready(5.0):
            self.tell("Begrip: start nog")
        self.tell(f"Klaar. Open {address}")
        await asyncio.Event().wait()

    async def _until(self, stop: asyncio.Event) -> None:
        running = [asyncio.create_task(task) for task in self.tasks]
        stopping = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in [*running, stopping]:
            task.cancel()
        await asyncio.gather(*running, stopping, return_exceptions=True)
        for task in done - {stopping}:
            task.result()
