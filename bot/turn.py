"""A turn: take the next line of a conversation, ask Rasa, write the answer. Never silence.

The line is a row and stays open until its answer is written in the same transaction that closes it. A process that
dies halfway leaves an open line and a lease that runs out; any other process then goes on.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import anyio.to_thread

from benefits.figures import Figures
from bot.brain import RETURNS_WITHIN, Brain, BrainAway, BrainError, Understood
from db.session import Database
from services.answer_topic import answer_topic
from services.answering import (
    OpenLine,
    claim_conversation,
    conversations_to_answer,
    next_line,
    notify_delay,
    release_conversation,
    settle_line,
)
from services.calendar import day_here
from services.errors import UnknownTopic
from services.municipalities import get_municipality
from services.not_understood import no_answer
from services.phrases import Phrases
from services.words import Words

log = logging.getLogger(__name__)

LATE_AFTER = timedelta(seconds=60)
"""An answer later than this repeats the question: the resident may have gone on."""


@dataclass
class Turns:
    """Answers lines, many conversations side by side, one line of a conversation at a time."""

    database: Database
    figures: Figures
    brain: Brain
    clock: Callable[[], datetime]
    said: Callable[[int], None]
    """Called with the conversation's number after something was written."""
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)

    def wake(self, conversation_id: int) -> None:
        """There may be something to answer. Called from the event loop; returns at once."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._answer(conversation_id))
        self._running[conversation_id] = task
        task.add_done_callback(lambda _task: self._done(conversation_id))

    async def pick_up(self) -> None:
        """Wake the conversations that nobody answers: left by a process that died, or kept while Rasa was away."""
        for conversation_id in await self._in_thread(self._to_answer):
            self.wake(conversation_id)

    async def finish(self) -> None:
        """Let the running turns end."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _done(self, conversation_id: int) -> None:
        del self._running[conversation_id]
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.wake(conversation_id)

    async def _answer(self, conversation_id: int) -> None:
        if not await self._in_thread(self._claim, conversation_id):
            return
        try:
            while line := await self._in_thread(self._claim_next, conversation_id):
                if not await self._turn(conversation_id, line):
                    return
        except Exception:
            log.exception("turn failed", extra={"conversation": conversation_id})
        finally:
            await self._in_thread(self._release, conversation_id)

    async def _turn(self, conversation_id: int, line: OpenLine) -> bool:
        """Answer one line. False when it has to wait for Rasa."""
        try:
            understood = await self._ask(line)
        except BrainAway:
            settled = await self._in_thread(self._without_rasa, line)
            self.said(conversation_id)
            return settled
        except BrainError as error:
            log.warning("no answer", extra={"line": line.id, "why": type(error).__name__})
            await self._in_thread(self._apologise, line)
        except Exception:
            # The one broad except: whatever breaks, a resident gets a sentence, and the trace is kept.
            log.exception("answering failed", extra={"line": line.id})
            await self._in_thread(self._apologise, line)
        else:
            await self._in_thread(self._settle, line, understood)
        self.said(conversation_id)
        return True

    async def _ask(self, line: OpenLine) -> Understood:
        try:
            return await self.brain.ask(line)
        except BrainAway:
            if line.notified or not await self.brain.wait_until_ready(RETURNS_WITHIN):
                raise
            return await self.brain.ask(line)

    def _settle(self, line: OpenLine, understood: Understood) -> None:
        now = self.clock()
        with self.database.writing() as session:
            words = list(understood.words)
            if now - line.received_at > LATE_AFTER:
                phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
                words.insert(0, Words(phrases.say("answered_later", vraag=line.text[:80])))
            seen = {
                "alternatives": list(understood.ranking)[:5],
                "understood": understood.topic,
                "model": understood.model,
            }
            settle_line(session, line.id, self.name, words, now, understood.confidence, seen)

    def _apologise(self, line: OpenLine) -> None:
        with self.database.writing() as session:
            phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
            settle_line(
                session, line.id, self.name, [no_answer(session, phrases, "no_answer", line.text)], self.clock()
            )

    def _without_rasa(self, line: OpenLine) -> bool:
        """A button of a topic can be answered without understanding; any other line is kept, and that is said once."""
        now = self.clock()
        with self.database.writing() as session:
            phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
            if line.payload is not None:
                try:
                    words = answer_topic(session, self.figures, phrases, line.payload.removeprefix("/"), day_here(now))
                except UnknownTopic:
                    pass
                else:
                    return settle_line(session, line.id, self.name, [words], now)
            notify_delay(session, line.id, no_answer(session, phrases, "brain_away", line.text), now)
        return False

    def _to_answer(self) -> list[int]:
        with self.database.reading() as session:
            return list(conversations_to_answer(session, self.clock()))

    def _claim(self, conversation_id: int) -> bool:
        with self.database.writing() as session:
            return claim_conversation(session, conversation_id, self.name, self.clock())

    def _claim_next(self, conversation_id: int) -> OpenLine | None:
        with self.database.writing() as session:
            if not claim_conversation(session, conversation_id, self.name, self.clock()):
                return None
            return next_line(session, conversation_id)

    def _release(self, conversation_id: int) -> None:
        with self.database.writing() as session:
            release_conversation(session, conversation_id, self.name)

    async def _in_thread[**P, R](self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs))
