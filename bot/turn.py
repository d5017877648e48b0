"""A turn: take the next line of a conversation, ask Rasa, write the answer. Never silence.

The line is a row and stays open until its answer is written in the same transaction that closes it. A process that
dies halfway leaves an open line and a lease that runs out; any other process then goes on.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

import anyio.to_thread
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benefits.figures import Figures
from benefits.income.law import IncomeLaw, income_law
from bot.brain import RETURNS_WITHIN, Brain, BrainAway, BrainError, Understood
from db.session import Database
from services.answer_button import answer_button
from services.answering import (
    OpenLine,
    claim_conversation,
    conversations_to_answer,
    next_line,
    notify_delay,
    open_buttons,
    release_conversation,
    settle_line,
)
from services.calendar import day_here
from services.effects import WIPE
from services.language.ask import (
    ask_language,
    goes_on_in,
    gone_on_in,
    is_first_line,
    may_be_choice,
    other_language,
    typed_choice,
)
from services.language.told_in import told_in
from services.municipalities import get_municipality
from services.not_understood import no_answer
from services.phrases import Phrases
from services.typed_button import may_be_button, typed_button
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
    waits: float = RETURNS_WITHIN
    dealt_with: Callable[[str, timedelta], None] = lambda _how, _waited: None
    """Called after a line was `answered`, `apologised` for or `kept`, with how long it had waited. From any thread."""
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)

    @cached_property
    def law(self) -> IncomeLaw:
        """Worked out when the first answer is written."""
        return income_law(self.figures)

    def take(self, session: Session, conversation_id: int) -> OpenLine | None:
        """The next line, with a lease that begins now; when there is none, the lease ends.

        A channel may do so in the transaction that stores a line, and hand it to `wake` after that.
        """
        if not claim_conversation(session, conversation_id, self.name, self.clock()):
            return None
        line = next_line(session, conversation_id)
        if line is None:
            release_conversation(session, conversation_id, self.name)
        return line

    def _go_on(self, session: Session, conversation_id: int, settled: bool) -> OpenLine | None:
        """As `take`; after an answer was written the conversation is ours and locked, and mostly there is no more."""
        if settled and next_line(session, conversation_id) is None:
            release_conversation(session, conversation_id, self.name)
            return None
        return self.take(session, conversation_id)

    def wake(self, conversation_id: int, line: OpenLine | None = None) -> None:
        """There may be something to answer; `line` if it was taken already. From the event loop; returns at once."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._answer(conversation_id, line))
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

    async def _answer(self, conversation_id: int, line: OpenLine | None) -> None:
        try:
            line = line or await self._in_thread(self._claim_next, conversation_id)
            while line is not None:
                line = await self._turn(conversation_id, line)
        except Exception:
            # The lease is left to run out: what cannot even be apologised for is tried again, but not at once.
            log.exception("turn failed", extra={"conversation": conversation_id})

    async def _turn(self, conversation_id: int, line: OpenLine) -> OpenLine | None:
        """Answer one line, and return the next one. None when there is none, or when it has to wait for Rasa."""
        try:
            following = await self._answer_line(conversation_id, line)
        except OperationalError:
            raise  # the database is away: the line is still there when it is back
        except Exception:
            # The one broad except: whatever breaks, a resident gets a sentence, and the trace is kept.
            log.exception("answering failed", extra={"line": line.id})
            following = await self._in_thread(self._apologise, conversation_id, line)
        self.said(conversation_id)
        return following

    async def _answer_line(self, conversation_id: int, line: OpenLine) -> OpenLine | None:
        if line.payload is None and (may_be_choice(line.text) or may_be_button(line.text)):
            line = replace(line, payload=await self._in_thread(self._choice, line))
        if line.payload is None and other_language(line.text, line.language):
            line = await self._in_thread(self._in_its_language, line)
        try:
            understood = await self._ask(line)
        except BrainAway:
            return await self._in_thread(self._without_rasa, conversation_id, line)
        except BrainError as error:
            log.warning("no answer", extra={"line": line.id, "why": type(error).__name__})
            return await self._in_thread(self._apologise, conversation_id, line)
        following = await self._in_thread(self._settle, conversation_id, line, understood)
        if any(WIPE in words.effects for words in understood.words):
            await self.brain.forget(line.conversation)
        return following

    async def _ask(self, line: OpenLine) -> Understood:
        try:
            return await self.brain.ask(line)
        except BrainAway:
            if line.notified or not await self.brain.wait_until_ready(self.waits):
                raise
            return await self.brain.ask(line)

    def _choice(self, line: OpenLine) -> str | None:
        """What a short line means as a button."""
        said = (line.municipality_id, line.conversation, line.text)
        with self.database.reading() as session:
            choice = typed_choice(session, *said) if may_be_choice(line.text) else None
            return choice or typed_button(session, *said)

    def _in_its_language(self, line: OpenLine) -> OpenLine:
        """Who was asked in which language to go on, and goes on in it, is answered in it from now on."""
        said = (line.municipality_id, line.conversation, line.text, line.language)
        with self.database.reading() as session:
            language = goes_on_in(session, *said)
        return replace(line, language=language, spoke=line.language) if language else line

    def _settle(self, conversation_id: int, line: OpenLine, understood: Understood) -> OpenLine | None:
        now = self.clock()
        # A button is in our own words.
        other = None if line.payload else other_language(line.text, line.language)
        late = now - line.received_at > LATE_AFTER
        with self.database.writing() as session:
            words = list(understood.words)
            # What a form asks is to be answered first, unless nobody has said a word before.
            if other and understood.asking and not is_first_line(session, line.municipality_id, line.conversation):
                other = None
            if other or late or line.spoke:
                phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
            if other:
                words = told_in(session, self.figures, phrases, words, other, day_here(now))
                words = ask_language(session, phrases, line.conversation, words, other, understood.topic)
            if line.spoke and not any(WIPE in said.effects for said in words):
                words = gone_on_in(phrases, words, line.spoke, understood.topic)
            if late:
                words.insert(0, Words(phrases.say("answered_later", vraag=line.text[:80])))
            seen = {
                "alternatives": list(understood.ranking)[:5],
                "understood": understood.topic,
                "model": understood.model,
            }
            if understood.second:
                seen["second"] = understood.second
            settled = settle_line(session, line.id, self.name, words, now, understood.confidence, seen, self.law)
            following = self._go_on(session, conversation_id, settled)
        if settled:
            self.dealt_with("answered", now - line.received_at)
        return following

    def _apologise(self, conversation_id: int, line: OpenLine) -> OpenLine | None:
        now = self.clock()
        with self.database.writing() as session:
            phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
            words = no_answer(session, phrases, "no_answer", line.text)
            settled = settle_line(session, line.id, self.name, [words], now)
            following = self._go_on(session, conversation_id, settled)
        if settled:
            self.dealt_with("apologised", now - line.received_at)
        return following

    def _without_rasa(self, conversation_id: int, line: OpenLine) -> OpenLine | None:
        """Answer the buttons that need no understanding, also those behind this line; go on if this line was one.

        Any other line is kept, and that is said once.
        """
        now, settled = self.clock(), set[int]()
        with self.database.writing() as session:
            phrases = Phrases(session, get_municipality(session, line.municipality_id), line.language)
            for button, payload in open_buttons(session, conversation_id):
                words = answer_button(session, self.figures, phrases, payload, day_here(now))
                if words is not None and settle_line(session, button, self.name, [words], now):
                    settled.add(button)
            if line.id not in settled and not line.notified:
                notify_delay(session, line.id, no_answer(session, phrases, "brain_away", line.text), now)
            answered = line.id in settled
            following = self.take(session, conversation_id) if answered else None
            if following is None:
                release_conversation(session, conversation_id, self.name)
        if answered or not line.notified:
            self.dealt_with("answered" if answered else "kept", now - line.received_at)
        return following

    def _to_answer(self) -> list[int]:
        with self.database.reading() as session:
            return list(conversations_to_answer(session, self.clock()))

    def _claim_next(self, conversation_id: int) -> OpenLine | None:
        with self.database.writing() as session:
            return self.take(session, conversation_id)

    async def _in_thread[**P, R](self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs))
