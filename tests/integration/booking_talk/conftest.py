"""A resident who books, moves and cancels; Rasa is played, the actions and the database are real."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.server import make_app
from db.models import Appointment, AppointmentState, ContactPoint, Conversation, Message, MessageKind, TopicKind
from db.session import Database
from services.answering import settle_line
from services.words import Words
from tests.agenda import MONDAY, WEDNESDAY, build_caseworker, build_hours, build_location, build_person, build_town
from tests.builders import build_phrases, build_topic
from tests.conftest import Clock
from tests.integration.income_talk.conftest import all_figures
from tests.integration.services.conftest import Town
from tests.played_rasa import TOKEN, PlayedRasa, actions_of

INTAKE = {
    "key": "intake",
    "name": {"nl": "eerste gesprek", "en": "first talk"},
    "minutes": 60,
    "channels": ["phone"],
    "led_by": "team",
    "first_talk": True,
    "benefits": ["none"],
}
CONTACT = {
    "key": "contactgesprek",
    "name": {"nl": "contactgesprek", "en": "contact talk"},
    "minutes": 60,
    "channels": ["office"],
    "bring": {"nl": ["Neem uw legitimatie mee."]},
    "notice_hours": 24,
    "horizon_days": 28,
}


@dataclass
class Chat:
    """`says` is a line with the topic as which Rasa would understand it; what comes back are the new messages."""

    town: Town
    rasa: PlayedRasa
    address: str = "resident"
    conversation: int = 0
    line: int = 0
    language: str = "nl"

    async def says(self, text: str, topic: str = "nlu_fallback", /, **entities: Any) -> list[Message]:
        received = self.town.say(text, self.address)
        self.conversation, self.line = received.conversation_id, received.line_id
        before = self.newest_seq()
        said = await self.as_rasa_does(text, topic, entities)
        self.town.claim(self.conversation)
        with self.town.database.writing() as session:
            assert settle_line(session, received.line_id, "us", said, self.town.clock())
        return [message for message in self.messages() if message.seq > before]

    async def books(self, text: str = "ik wil een gesprek plannen") -> list[Message]:
        return await self.says(text, "book_conversation")

    async def moves(self, text: str = "kan mijn afspraak naar een andere dag") -> list[Message]:
        return await self.says(text, "reschedule_conversation")

    async def cancels(self, text: str = "ik wil mijn afspraak afzeggen") -> list[Message]:
        return await self.says(text, "cancel_conversation")

    async def presses(self, label: str, under: Message | None = None) -> list[Message]:
        """The newest button that begins with this label, or the one under that message."""
        for message in [under] if under is not None else reversed(self.messages()):
            for button in message.detail.get("buttons", []):
                if button["label"].startswith(label):
                    topic, brace, values = button["payload"].removeprefix("/").partition("{")
                    return await self.says(label, topic, **(json.loads(brace + values) if brace else {}))
        raise AssertionError(f"no button {label!r}")

    async def booked(self) -> Appointment:
        """One appointment, made through the chat."""
        await self.books("zo snel mogelijk een gesprek")
        await self.says("de eerste")
        await self.says("ja", "affirm")
        return self.appointments(AppointmentState.BOOKED)[-1]

    async def booked_besides(self) -> Appointment:
        """Another kind, where the first kind is there already: a talk by phone."""
        with self.town.database.writing() as session:
            town = session.merge(self.town.row)
            told = town.settings["programmes"]
            town.settings = {"programmes": [*told, told[0] | {"key": "fip", "name": {"nl": "FIP-gesprek"}}]}
        return await self.booked()

    def messages(self) -> list[Message]:
        """Those that were said: no lines, and nothing that is only planned."""
        said = self.town.messages(self.conversation)
        return [message for message in said if message.kind is not MessageKind.LINE and message.seq > 0]

    def newest_seq(self) -> int:
        return max((message.seq for message in self.messages()), default=0)

    def appointments(self, *states: AppointmentState) -> list[Appointment]:
        with self.town.database.reading() as session:
            query = select(Appointment).order_by(Appointment.id)
            return [one for one in session.scalars(query) if not states or one.state in states]

    def link(self, person_id: int) -> None:
        """As a code does."""
        received = self.town.say("hallo", self.address)
        self.town.answer(received)
        self.conversation = received.conversation_id
        with self.town.database.writing() as session:
            chat = session.get_one(Conversation, self.conversation)
            point = session.get_one(ContactPoint, chat.contact_point_id)
            point.person_id, point.linked_at = person_id, self.town.clock()

    @property
    def form(self) -> str | None:
        return self.rasa.form

    @form.setter
    def form(self, form: str | None) -> None:
        self.rasa.form = form

    async def as_rasa_does(self, text: str, topic: str, entities: dict[str, Any]) -> list[Words]:
        self.rasa.slug, self.rasa.language, self.rasa.line = self.town.row.slug, self.language, self.line
        return await self.rasa.hears(self.town.conversation(self.conversation).public_id, text, topic, entities)


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.detail.get("buttons", [])]


def build_agenda(session: Any, slug: str = "voorbeeldstad", **fields: Any) -> tuple[Any, Any, Any]:
    """Anna is there on Mondays and Wednesdays, and one of the residents is hers."""
    town = build_town(session, CONTACT, INTAKE, slug=slug)
    anna = build_caseworker(session, town, shown_as="Anna")
    place = build_location(session, town)
    for weekday in (MONDAY, WEDNESDAY):
        for begins, ends in (("09:00", "12:00"), ("13:00", "16:00")):
            build_hours(session, anna, weekday, begins, ends, location_id=place.id)
    return town, anna, build_person(session, town, anna, **fields)


@pytest.fixture
async def chat(database: Database, clock: Clock) -> AsyncIterator[Chat]:
    """Of somebody whose chat is linked to his case."""
    async for one in open_chat(database, clock, linked=True):
        yield one


@pytest.fixture
async def stranger(database: Database, clock: Clock) -> AsyncIterator[Chat]:
    """Of somebody of whom nobody knows who it is."""
    async for one in open_chat(database, clock, linked=False):
        yield one


async def open_chat(database: Database, clock: Clock, linked: bool) -> AsyncIterator[Chat]:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld", "Sparen mag.")
        for name in ("thank", "affirm", "deny", "illness"):
            build_topic(session, name, name, f"Tekst van {name}.", kind=TopicKind.TASK)
        row, _anna, person = build_agenda(session)
        town, person_id = Town(database, clock, row), person.id
    async with actions_of(make_app(Desk(database, all_figures(), clock), TOKEN)) as client:
        chat = Chat(town, PlayedRasa(client))
        if linked:
            chat.link(person_id)
        yield chat
