"""A real server with the real chat; only the turn behind it is a script: it answers at once, in fixed words."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import anyio.to_thread
import uvicorn
from starlette.types import ASGIApp

from benefits.figures import load_figures
from bot.channels.web.app import WebDoor, make_app
from db.models import Conversation
from db.session import Database
from pages.live import Live
from services.answering import OpenLine, claim_conversation, next_line, release_conversation, settle_line
from services.keys import Keys
from services.transcript import add_words
from services.words import Button, ShownFigure, Words

ME = "stand-in"
ANSWER = Words(
    text="Woont u alleen? Dan mag u tot **€ 8.000** hebben. Woont u samen? Dan is het **€ 16.000**.\n\n"
    "Krijgt u er ineens veel geld bij? Geef dat dan meteen door.",
    topic="wealth_limit",
    buttons=(
        Button("Meer uitleg", '/more_explanation{"topic": "wealth_limit"}'),
        Button("Sparen van de uitkering", "/saving_during"),
        Button("Erfenis", "/inheritance"),
        Button("Medewerker", "/talk_to_human"),
    ),
    sources=({"text": "artikel 34 Participatiewet", "url": "https://wetten.overheid.nl/BWBR0015703/"},),
    figures=(
        ShownFigure("pw_vermogensgrens.alleenstaande", "8000", "€ 8.000", "2026-07-01", None),
        ShownFigure("pw_vermogensgrens.gehuwden", "16000", "€ 16.000", "2026-07-01", None),
    ),
    checked_on="2026-11-22",
    to_judge=True,
)
DISTRESS = Words(
    text="Wat erg dat u zich zo voelt. U staat er niet alleen voor. Praat nu met iemand van 113. "
    "Dat is gratis, dag en nacht. Is er nu gevaar? Bel 112.",
    topic="distress",
    buttons=(Button("Medewerker", "/talk_to_human"),),
)
LONG = Words(
    text="\n\n".join(f"Dit is deel {n} van een lang antwoord. " + "Het gaat nog even door. " * 8 for n in range(1, 9))
)


def scripted(line: OpenLine) -> Words:
    """Repeats what it got, so that a test sees which line was answered."""
    if "spaargeld" in line.text.lower():
        return ANSWER
    if "red het niet" in line.text:
        return DISTRESS
    if "brand" in line.text:
        return replace(DISTRESS, text="Bel nu 112.", topic="elsewhere_emergency")
    if "lang" in line.text:
        return LONG
    if line.payload == "/talk_to_human":
        return Words("Ik heb een medewerker gevraagd.", topic="talk_to_human")
    return Words(f"U vroeg: {line.text}", buttons=(Button("Spaargeld", "/wealth_limit"),))


@dataclass
class Turn:
    """Answers in a thread, like the real one. `silent`: the lines stay open."""

    database: Database
    live: Live
    silent: bool = False
    clock: Callable[[], datetime] = field(default_factory=lambda: now)
    forgotten: list[str] = field(default_factory=list)
    woken: list[int] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def wake(self, conversation_id: int, _line: OpenLine | None = None) -> None:
        self.woken.append(conversation_id)
        if not self.silent:
            task = asyncio.get_running_loop().create_task(self._answer(conversation_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, conversation_id: int) -> None:
        await anyio.to_thread.run_sync(self.answer, conversation_id)
        self.live.ring(conversation_id)

    def answer(self, conversation_id: int) -> None:
        """Answer all open lines of this conversation."""
        with self.database.writing() as session:
            if not claim_conversation(session, conversation_id, ME, self.clock()):
                return
            while line := next_line(session, conversation_id):
                settle_line(session, line.id, ME, [scripted(line)], self.clock())
            release_conversation(session, conversation_id, ME)

    def say(self, conversation_id: int, text: str) -> None:
        """Something is written by another process: nobody rings."""
        with self.database.writing() as session:
            add_words(session, session.get_one(Conversation, conversation_id), Words(text), self.clock())


def now() -> datetime:
    return datetime.now(UTC)


def build_door(
    database: Database, keys: Keys, clock: Callable[[], datetime] = now, secure: bool = False, silent: bool = False
) -> tuple[WebDoor, Turn]:
    live = Live(database, interval=0.2)
    turn = Turn(database, live, silent, clock)
    return WebDoor(database, keys, load_figures(), clock, secure, turn.wake, live, turn.forgotten.append), turn


@dataclass
class Served:
    address: str
    door: WebDoor
    turn: Turn


@contextmanager
def served(door: WebDoor, turn: Turn, port: int = 0) -> Iterator[Served]:
    """The chat on a port of this machine, in a thread."""
    with listening(make_app(door), port) as address:
        yield Served(address, door, turn)


@contextmanager
def listening(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address at which this application answers."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port_of(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(10)


def _port_of(server: uvicorn.Server, thread: threading.Thread) -> int:
    while not server.started:
        thread.join(0.01)  # waits, and notices a server that could not start
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
    return int(server.servers[0].sockets[0].getsockname()[1])
