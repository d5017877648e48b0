"""Take in updates: a chat's own in their order, the chats side by side. One bad update never stops the next."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.judged import store_judgement
from bot.channels.telegram.store import store
from bot.channels.telegram.updates import Crowd, Judged, Pressed, read_update
from services.errors import ServiceError
from services.municipalities import find_municipality
from services.phrases import DEFAULT_LANGUAGE, Phrases

log = logging.getLogger(__name__)

OUR_TROUBLE = (OperationalError, InterfaceError, PoolTimeout, ServiceError)
"""The database is away or the content is not there: the update is good and has to come again."""


@dataclass
class Intake:
    """Both ways in, polling and the webhook, end here."""

    door: TelegramDoor
    bot: Bot
    bot_id: int
    _courtesies: set[asyncio.Task[None]] = field(default_factory=set)

    async def take_in(self, updates: Sequence[Update]) -> None:
        """Returns when all are stored. Raises OUR_TROUBLE when that cannot be done now."""
        chats = (self._in_order(of_one_chat) for of_one_chat in _by_chat(updates))
        for outcome in await asyncio.gather(*chats, return_exceptions=True):
            if outcome is not None:
                raise outcome

    async def finish(self) -> None:
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    async def _in_order(self, updates: Iterable[Update]) -> None:
        for update in updates:
            try:
                await self._take(update)
            except OUR_TROUBLE:
                raise
            except Exception:
                # Poisoned: it would fail again for ever. Its number is all that is known of it afterwards.
                log.exception("update skipped", extra={"update": update.update_id})

    async def _take(self, update: Update) -> None:
        event = read_update(update, self.bot_id)
        if isinstance(event, Pressed):
            # The button turns in the resident's hand until this is said.
            self._in_background(self._call(self.bot.answer_callback_query(event.query_id)))
        if isinstance(event, Crowd):
            self._in_background(self._leave(event))
        elif isinstance(event, Judged):
            thanks = await anyio.to_thread.run_sync(store_judgement, self.door, event)
            self._in_background(self._call(self.bot.answer_callback_query(event.query_id, thanks)))
        elif event is not None:
            conversation_id = await anyio.to_thread.run_sync(store, self.door, event)
            if conversation_id is not None:
                self.door.wake(conversation_id)

    async def _leave(self, crowd: Crowd) -> None:
        """Groups are not for questions about money: say so and go, without keeping anything."""
        if crowd.greet:
            sentence = await anyio.to_thread.run_sync(self._private_chats_only)
            await self._call(self.bot.send_message(crowd.chat_id, sentence))
        await self._call(self.bot.leave_chat(crowd.chat_id))

    def _private_chats_only(self) -> str:
        with self.door.database.reading() as session:
            municipality = find_municipality(session, self.door.municipality_slug)
            return Phrases(session, municipality, DEFAULT_LANGUAGE).say("private_chats_only")

    async def _call(self, call: Coroutine[Any, Any, Any]) -> None:
        """Kind, but nothing hangs on it."""
        try:
            await call
        except TelegramError as error:
            log.info("courtesy failed", extra={"why": type(error).__name__})

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)


def _by_chat(updates: Sequence[Update]) -> Iterable[list[Update]]:
    chats: dict[int, list[Update]] = defaultdict(list)
    for update in updates:
        chats[update.effective_chat.id if update.effective_chat else 0].append(update)
    return chats.values()
