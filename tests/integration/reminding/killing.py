"""Workers that are killed at every step while Telegram misbehaves: what arrives, what arrives twice, what is lost."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess

from sqlalchemy import func, insert, select, update

from db.models import (
    Channel,
    ContactPoint,
    Conversation,
    Message,
    MessageKind,
    MessageStatus,
    Municipality,
    ReminderKind,
    StaffTask,
)
from db.session import Database
from services.conversations import Address
from tests.builders import build_keys
from tests.fakes.bot_api import BotApi
from tests.integration.reminding.one_worker import DAY, STEPS, Worker

PER_KILL, STALLS = 6, 3.0
PATIENCE = 120
"""Seconds for what is left after the last kill."""
_RETURNING = tuple(
    insert(kind).returning(kind.id, sort_by_parameter_order=True) for kind in (ContactPoint, Conversation)
)
OVER = (MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.CANCELLED)


@dataclass(frozen=True)
class Outcome:
    kills: dict[str, int]
    unheard: int
    """Times that Telegram took a message and its answer did not come in time: nobody can know that."""
    lost: int
    doubles: int
    tasks: int


@dataclass
class Killing:
    database: Database
    telegram: BotApi
    town: Municipality
    workers: int
    kills: int
    chance: random.Random
    began: float = field(default_factory=time.time)
    killed: Counter[str] = field(default_factory=Counter)
    unheard: int = 0
    started: int = 0
    planned: int = 0

    def run(self, blocked: int) -> Outcome:
        self._plan_more(PER_KILL * self.workers)
        for chat in range(blocked):
            self.telegram.orders_always("sendMessage", chat, 403, "Forbidden: bot was blocked by the user")
        alive = dict(self._start() for _ in range(self.workers))
        try:
            self._go_on(alive)
        finally:
            for process in alive.values():
                process.kill()
                process.join()
        times = Counter(sent.chat_id for sent in self.telegram.messages)
        lost = sum(1 for chat in range(blocked, self.planned) if not times[chat])
        with self.database.reading() as session:
            tasks = session.scalar(select(func.count(StaffTask.id))) or 0
        return Outcome(dict(self.killed), self.unheard, lost, times.total() - len(times), tasks)

    def _go_on(self, alive: dict[str, ForkServerProcess]) -> None:
        end, moved = 0.0, time.monotonic()
        while self.killed.total() < self.kills or not self._done():
            for name in [name for name, process in alive.items() if not process.is_alive()]:
                self._bury(name, alive.pop(name))
                self._pass_a_minute(alive)
                new, process = self._start()
                alive[new], moved = process, time.monotonic()
                self._plan_more(PER_KILL)
            if self.killed.total() < self.kills and time.monotonic() - moved > STALLS and self._done():
                # All was sent before the step of anybody came: there has to be work to be killed at.
                self._plan_more(PER_KILL * self.workers)
                moved = time.monotonic()
            if self.killed.total() >= self.kills:
                end = end or time.monotonic() + PATIENCE
                self._pass_a_minute(alive)
                assert time.monotonic() < end, f"something stays behind: {self._behind()}"
            time.sleep(0.02)

    def _bury(self, name: str, process: ForkServerProcess) -> None:
        """Meanwhile Telegram has its own troubles."""
        assert process.exitcode == -9, f"a worker ended by itself: {process.exitcode}"
        self.killed[name.partition("-")[0]] += 1
        match self.chance.randrange(4):
            case 0:
                self.telegram.orders("sendMessage", 429, retry_after=1)
            case 1:
                self.telegram.orders("sendMessage", 500)
            case 2 if self.unheard < self.kills // 10:
                self.unheard += 1
                self.telegram.orders_silence("sendMessage", 6)

    def _pass_a_minute(self, alive: dict[str, ForkServerProcess]) -> None:
        """For what the dead held: all of them, since what one wrote last may come through when it is gone already."""
        held = update(Message).where(Message.claimed_by.not_in(alive))
        with self.database.writing() as session:
            session.execute(held.values(claimed_until=DAY - timedelta(days=1)))

    def _plan_more(self, reminders: int) -> None:
        plan(self.database, self.town, reminders, first=self.planned)
        self.planned += reminders

    def _start(self) -> tuple[str, ForkServerProcess]:
        step = STEPS[self.started % len(STEPS)] if self.killed.total() < self.kills else None
        self.started += 1
        name = f"{step}-{self.chance.getrandbits(32)}"
        url = self.database.engine.url.render_as_string(hide_password=False)
        given = url, self.telegram.url, self.telegram.token, self.town.slug, name, self.began
        return name, Worker(*given, step, self.chance.randint(1, 3)).start()

    def _done(self) -> bool:
        return not self._behind()

    def _behind(self) -> list[tuple[object, ...]]:
        """What is not over: its state, who holds it until when, and how often it was tried."""
        told = Message.id, Message.status, Message.claimed_by, Message.claimed_until, Message.attempts, Message.failure
        query = select(*told).where(Message.kind == MessageKind.REMINDER, Message.status.not_in(OVER)).limit(10)
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(query)]


def plan(
    database: Database, town: Municipality, reminders: int, spread: timedelta = timedelta(), first: int = 0
) -> None:
    """So many residents on Telegram, each with one reminder that is due at DAY, or spread over some time after it."""
    keys, at = build_keys(), DAY - timedelta(days=2)
    one = {"municipality_id": town.id}
    with database.writing() as session:
        chats = [
            one | {
                "channel": Channel.TELEGRAM, "created_at": at, "sealed_address": keys.seal(str(chat)),
                "lookup": Address(town, Channel.TELEGRAM, str(chat)).lookup(keys),
            }
            for chat in range(first, first + reminders)
        ]  # fmt: skip
        contacts = list(session.scalars(_RETURNING[0], chats))
        talks = [
            one | {
                "public_id": f"reminded-{contact}", "contact_point_id": contact, "channel": Channel.TELEGRAM,
                "started_at": at, "last_line_at": at, "changed_at": at,
            }
            for contact in contacts
        ]  # fmt: skip
        conversations = list(session.scalars(_RETURNING[1], talks))
        rows = [
            one | {
                "conversation_id": conversation, "seq": -1, "kind": MessageKind.REMINDER, "text": "",
                "status": MessageStatus.PLANNED, "about": f"review:{conversation}", "reminder": ReminderKind.REVIEW,
                "about_version": (DAY + timedelta(days=2)).toordinal(), "created_at": at,
                "external_id": f"reminder:review:{conversation}:1:2d", "due_at": DAY + spread * (number / reminders),
                "useful_until": DAY + timedelta(days=1), "detail": {},
            }
            for number, conversation in enumerate(conversations)
        ]  # fmt: skip
        session.execute(insert(Message), rows)
