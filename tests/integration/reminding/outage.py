"""All workers die in the middle of their work and stay away for a day: what comes when they are back, and what not."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    Appointment,
    AppointmentState,
    Channel,
    ContactPoint,
    MeetingChannel,
    Message,
    MessageKind,
    Municipality,
    StaffTask,
)
from db.session import Database
from services.agenda.reminders import plan_reminders
from tests.agenda import build_chat, build_person, build_programme
from tests.builders import build_keys
from tests.fakes.bot_api import Answer, BotApi
from tests.integration.reminding.killing import OVER
from tests.integration.reminding.one_worker import DAY, Worker

AWAY, SPREAD = timedelta(hours=24), timedelta(hours=48)
PATIENCE = 600


class TimedBotApi(BotApi):
    """Notes when it took the messages of each chat."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[int, list[float]] = defaultdict(list)

    def answer_for(self, method: str, parameters: dict[str, Any]) -> Answer | None:
        if method == "sendMessage":
            self.taken[int(parameters["chat_id"])].append(time.time())
        return super().answer_for(method, parameters)


@dataclass(frozen=True)
class Aftermath:
    missed: int
    """Appointments of which a reminder was still to go out when all died, or became due while they were dead."""
    still_useful: int
    came: int
    """Of the useful ones: those of which a message came afterwards."""
    over: int
    handed: int
    """Of those that began meanwhile: those that a caseworker has a task about."""
    after_its_begin: int
    """Messages that came when the appointment had begun. Has to be none."""
    twice: int
    """Messages beyond the number of reminders that were said: sent and not written down."""


@dataclass
class Outage:
    database: Database
    telegram: TimedBotApi
    town: Municipality
    workers: int
    began: float = 0.0
    """The second that counts as DAY; the day of their absence is taken off it."""
    running: list[ForkServerProcess] = field(default_factory=list)

    def run(self, appointments: int) -> Aftermath:
        with self.database.writing() as session:
            begins = [self._plan(session, chat, appointments) for chat in range(appointments)]
            waiting = self._open(session, DAY)
        self.began = time.time() + 5
        self._while_up(lambda: len(self.telegram.taken) >= waiting // 2)
        self.began -= AWAY.total_seconds()
        back = time.time()
        with self.database.reading() as session:
            missed = {chat: begins[chat] for chat in self._chats(session, self._clock(back))}
        self._while_up(self._nothing_waits)
        return self._aftermath(begins, missed, back)

    def _plan(self, session: Session, chat: int, appointments: int) -> datetime:
        """An appointment of somebody on Telegram, with the reminders that its kind of conversation has."""
        at, begins = DAY - timedelta(days=4), DAY + timedelta(minutes=20) + SPREAD * (chat / appointments)
        person = build_person(session, self.town, number=f"K-{chat}")
        talk = build_chat(session, self.town, person, f"chat-{chat}", Channel.TELEGRAM)
        session.get_one(ContactPoint, talk.contact_point_id).sealed_address = build_keys().seal(str(chat))
        made = Appointment(
            municipality_id=self.town.id, public_id=str(chat), programme="contactgesprek", person_id=person.id,
            channel=MeetingChannel.PHONE, begins_at=begins, ends_at=begins, blocked_from=begins, blocked_until=begins,
            state=AppointmentState.BOOKED, created_at=at, changed_at=at,
        )  # fmt: skip
        session.add(made)
        session.flush()
        plan_reminders(session, build_programme(self.town), made, person, None, at)
        return begins

    def _while_up(self, enough: Callable[[], bool]) -> None:
        """Workers, until there is enough of it; then kill -9."""
        url = self.database.engine.url.render_as_string(hide_password=False)
        for number in range(self.workers):
            name = f"worker-{number}-{self.began}"
            given = url, self.telegram.url, self.telegram.token, self.town.slug, name, self.began
            self.running.append(Worker(*given).start())
        end = time.monotonic() + PATIENCE
        try:
            while not enough():
                assert time.monotonic() < end, "it does not come to its end"
                time.sleep(0.05)
        finally:
            while self.running:
                process = self.running.pop()
                process.kill()
                process.join()

    def _clock(self, second: float) -> datetime:
        return DAY + timedelta(seconds=second - self.began)

    def _nothing_waits(self) -> bool:
        with self.database.reading() as session:
            return not self._open(session, self._clock(time.time()))

    def _open(self, session: Session, now: datetime) -> int:
        return session.scalar(select(func.count(Message.id)).where(*_open_at(now))) or 0

    def _chats(self, session: Session, now: datetime) -> set[int]:
        """Of the appointments that something should have been told of by now and was not, as far as is known."""
        about = session.scalars(select(Message.about).where(*_open_at(now)))
        numbers = [int((word or "").partition(":")[2]) for word in about]
        return {int(id_) for id_ in session.scalars(select(Appointment.public_id).where(Appointment.id.in_(numbers)))}

    def _aftermath(self, begins: list[datetime], missed: dict[int, datetime], back: float) -> Aftermath:
        useful = {chat for chat, begin in missed.items() if begin > self._clock(time.time())}
        over = {chat for chat, begin in missed.items() if begin <= self._clock(back)}
        taken, day = self.telegram.taken, AWAY.total_seconds()
        with self.database.reading() as session:
            handed = select(Appointment.public_id).join(StaffTask, StaffTask.appointment_id == Appointment.id)
            tasks = {int(chat) for chat in session.scalars(handed)}
            said = select(func.count()).where(Message.kind == MessageKind.REMINDER, Message.sent_at.is_not(None))
            sent = session.scalar(said) or 0
        return Aftermath(
            missed=len(missed),
            still_useful=len(useful),
            came=sum(1 for chat in useful if any(at >= back for at in taken[chat])),
            over=len(over),
            handed=len(over & tasks),
            after_its_begin=sum(
                self._clock(at if at >= back else at - day) >= begins[chat] for chat in taken for at in taken[chat]
            ),
            twice=sum(len(times) for times in taken.values()) - sent,
        )


def _open_at(now: datetime) -> tuple[Any, ...]:
    return Message.kind == MessageKind.REMINDER, Message.status.not_in(OVER), Message.due_at <= now
