"""`trede chat`: the same conversation in the terminal, with its own Rasa when none is running."""

import asyncio
import json
import secrets
from collections.abc import Callable

import anyio.to_thread
import click
import httpx
from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.server import make_app
from bot.brain import Brain
from bot.turn import Turns
from cli.prepare import prepare
from cli.rasa_child import RasaChild
from cli.servers import listen, serve
from cli.wiring import Wiring, now
from db.models import Channel, Conversation, Message, MessageKind, Municipality
from services.conversations import Address, open_conversation
from services.errors import EmptyLine, ServiceError, TooManyLines, UnknownChoice
from services.municipalities import find_municipality, list_municipalities
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.receive import Choice, Inbound, receive
from services.transcript import messages_after

PATIENCE = 15.0
REFUSED: dict[type[ServiceError], str] = {
    EmptyLine: "line_empty",
    TooManyLines: "too_many_lines",
    UnknownChoice: "old_button",
}
LOOKS_EVERY = 1.0


def chat(wiring: Wiring, slug: str | None, tell: Callable[[str], None]) -> None:
    """Until an empty line or the end of the input."""
    prepare(wiring, tell)
    asyncio.run(_chat(wiring, slug, tell))


async def _chat(wiring: Wiring, slug: str | None, tell: Callable[[str], None]) -> None:
    tasks: list[asyncio.Task[None]] = []
    url = await running_rasa(wiring)
    if url is None:
        tell("Begrip: Rasa start (ongeveer 20 seconden)")
        url = start_own_rasa(wiring, tasks)
    brain = Brain(url, wiring.settings.rasa_token)
    try:
        if not await brain.wait_until_ready(120.0):
            raise click.ClickException("Rasa werd niet gereed binnen twee minuten; `trede doctor` zegt meer.")
        await Talk(wiring, slug, brain).go_on()
    finally:
        await brain.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def running_rasa(wiring: Wiring) -> str | None:
    """The address of a Rasa that is there already: told by a setting, or left by `trede run`."""
    told = wiring.settings.data_dir / "rasa.json"
    url = wiring.settings.rasa_url or (json.loads(told.read_text())["url"] if told.exists() else "")
    if not url:
        return None
    brain = Brain(url, wiring.settings.rasa_token)
    try:
        return url if await brain.is_ready() else None
    except httpx.HTTPError:
        return None
    finally:
        await brain.close()


def start_own_rasa(wiring: Wiring, tasks: list[asyncio.Task[None]]) -> str:
    listening = listen("127.0.0.1", 0)
    app = make_app(Desk(wiring.database, wiring.figures), wiring.settings.rasa_token)
    actions_url = f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
    child = RasaChild(wiring.settings.rasa_token, actions_url, wiring.settings.data_dir)
    tasks += [asyncio.create_task(serve(app, listening)), asyncio.create_task(child.keep())]
    return child.url


class Talk:
    """One conversation in the terminal. A number presses the button of that number."""

    def __init__(self, wiring: Wiring, slug: str | None, brain: Brain) -> None:
        self.wiring, self.slug = wiring, slug
        self.address = secrets.token_hex(16)
        self.turns = Turns(wiring.database, wiring.figures, brain, now, lambda _id: None)
        self.conversation_id, self.seen = 0, 0
        self.buttons: dict[str, Choice] = {}

    async def go_on(self) -> None:
        self.show(self._open())
        listening = asyncio.create_task(self._listen())
        while line := (await anyio.to_thread.run_sync(_read)).strip():
            await self._say(line)
        listening.cancel()

    async def _listen(self) -> None:
        """A colleague answers when he has time, not only after a line."""
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            self.show(self.conversation_id)

    async def _say(self, line: str) -> None:
        try:
            conversation_id = self._receive(line)
        except tuple(REFUSED) as error:
            click.echo(self._phrase(REFUSED[type(error)]))
            return
        self.turns.wake(conversation_id)
        await asyncio.wait_for(self.turns.finish(), PATIENCE)
        self.show(conversation_id)

    def _open(self) -> int:
        with self.wiring.database.writing() as session:
            address = Address(self._town(session), Channel.TERMINAL, self.address)
            return open_conversation(session, self.wiring.keys, address, now()).id

    def _receive(self, line: str) -> int:
        choice = self.buttons.get(line)
        inbound = Inbound(Channel.TERMINAL, self.address, secrets.token_hex(8), "" if choice else line, choice)
        with self.wiring.database.writing() as session:
            return receive(session, self.wiring.keys, self._town(session), inbound, now()).conversation_id

    def show(self, conversation_id: int) -> None:
        """Print what was said since the last time, but for the resident's own lines."""
        if conversation_id != self.conversation_id:
            self.conversation_id, self.seen, self.buttons = conversation_id, 0, {}
        with self.wiring.database.reading() as session:
            conversation = session.get(Conversation, conversation_id)
            messages = messages_after(session, conversation, self.seen) if conversation else []
        for message in messages:
            self.seen = message.seq
            if message.kind is not MessageKind.LINE:
                self._print(message)

    def _print(self, message: Message) -> None:
        seq, detail = message.seq, message.detail
        name = self._phrase("staff_says", naam=detail["sender"]) + " " if message.kind is MessageKind.STAFF else ""
        click.echo("\n" + name + message.text.replace("**", ""))
        if detail.get("sources"):
            click.secho("Bron: " + "; ".join(source["text"] for source in detail["sources"]), dim=True)
        if detail.get("buttons"):
            self.buttons = {str(i + 1): Choice(seq, i, message.conversation_id) for i in range(len(detail["buttons"]))}
            click.echo("  ".join(f"[{i + 1}] {button['label']}" for i, button in enumerate(detail["buttons"])))

    def _phrase(self, key: str, **values: str) -> str:
        with self.wiring.database.reading() as session:
            return Phrases(session, self._town(session), DEFAULT_LANGUAGE).say(key, **values)

    def _town(self, session: Session) -> Municipality:
        return find_municipality(session, self.slug) if self.slug else list_municipalities(session)[0]


def _read() -> str:
    try:
        return str(click.prompt("\n>", prompt_suffix=" ", default="", show_default=False))
    except click.Abort:
        return ""
