"""A resident on two channels, his caseworker and the clock, at the same moment: no two wait for each other."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from db.models import Appointment, AppointmentState, Channel, ContactPoint, Message, Person
from db.session import Database
from services.agenda.book import book
from services.agenda.cancel import cancel
from services.agenda.move import STAFF, move
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import free_slots
from services.answering import settle_line
from services.booking_talk.state import BOOKING, Deed, Talk
from services.errors import ServiceError
from services.reminding.claim import claim_reminders
from services.reminding.say import SAY
from services.reminding.speak import say_reminders
from services.words import Words
from tests.agenda import build_caseworker, build_hours, build_location, build_person, build_programme, build_town
from tests.builders import build_phrases
from tests.conftest import Clock
from tests.integration.services.conftest import Town, at_once

ROUNDS = 30


class Stage:
    """One person, reachable over Telegram and over the web, and who deals with him."""

    def __init__(self, database: Database, clock: Clock) -> None:
        with database.writing() as session:
            build_phrases(session)
            row = build_town(session)
            anna, place = build_caseworker(session, row), build_location(session, row)
            for weekday in range(5):
                build_hours(session, anna, weekday, "09:00", "17:00", location_id=place.id)
            self.person_id = build_person(session, row, anna).id
        self.town, self.chance = Town(database, clock, row), random.Random(7)
        self.channels = [Channel.TELEGRAM, Channel.WEB]
        self.chats = [self.town.say("hallo", one, channel=one).conversation_id for one in self.channels]
        with database.writing() as session:
            session.execute(update(ContactPoint).values(person_id=self.person_id))
            session.execute(update(Message).values(status="answered"))

    def book(self) -> tuple[Appointment, list[Slot]]:
        """By the caseworker; one reminder of it is due. And where it can go."""
        now = self.town.clock()
        with self.town.database.writing() as session:
            row, person = session.merge(self.town.row), session.get_one(Person, self.person_id)
            wanted = Wanted(build_programme(row), person, None)
            slots = free_slots(session, row, wanted, now, now + timedelta(days=30), now)[60:]
            made = book(session, row, wanted, self.chance.choice(slots), now)
            session.execute(update(Message).where(Message.seq < 0).values(due_at=now))
            return made, slots

    def line(self, channel: int) -> int:
        """Of the resident, waiting for its answer."""
        received = self.town.say("doe maar", self.channels[channel], channel=self.channels[channel])
        assert self.town.claim(received.conversation_id)
        return received.line_id

    def settle(self, line_id: int, **effect: object) -> None:
        with self.town.database.writing() as session:
            words = [Words("", effects=({"effect": BOOKING, **effect},))]
            assert settle_line(session, line_id, "us", words, self.town.clock())

    def staff(self, deed: str, seen: Appointment, slot: Slot) -> None:
        with self.town.database.writing() as session:
            one = session.get_one(Appointment, seen.id)
            if deed == "move":
                move(session, session.merge(self.town.row), one, seen.version, slot, self.town.clock(), STAFF)
            else:
                cancel(session, one, seen.version, self.town.clock(), STAFF)

    def say(self) -> None:
        with self.town.database.writing() as session:
            ids = claim_reminders(session, "clock", self.town.clock())
        with self.town.database.writing() as session:
            say_reminders(session, SAY, ids, "clock", self.town.clock())

    def round(self) -> list[Callable[[], None]]:
        """Two lines, a deed of the staff and the clock, all about one appointment."""
        self.town.clock.forward(minutes=1)
        seen, slots = self.book()
        talk = Talk(Deed.MOVE, appointment=seen.public_id).to_json()
        to, cancelling = self.chance.sample(slots, 3), {"appointment": seen.public_id, "version": seen.version}
        moving = {"deed": "move", "talk": talk, "slot": to[0].to_json()}
        lines, staff = [self.line(0), self.line(1)], self.chance.choice(("move", "cancel"))
        self.chance.shuffle(lines)
        return [
            lambda: self.settle(lines[0], **moving),
            lambda: self.settle(lines[1], deed="cancel", **cancelling),
            lambda: self.staff(staff, seen, to[1]),
            self.say,
        ]


def end_of(deeds: list[Callable[[], None]], which: int) -> str:
    try:
        deeds[which]()
    except (ServiceError, OperationalError) as error:
        return type(error).__name__
    return "done"


def test_deeds_of_both_sides_and_the_clock_never_block_each_other(database: Database, clock: Clock) -> None:
    stage, all_ends = Stage(database, clock), []
    # On SQLite a writer is alone.
    for _ in range(ROUNDS if database.engine.dialect.name == "postgresql" else 3):
        deeds = stage.round()
        all_ends.append(at_once(len(deeds), partial(end_of, deeds)))
        with database.writing() as session:
            session.execute(update(Appointment).values(state=AppointmentState.CANCELLED))

    assert [ends for ends in all_ends if set(ends) - {"done", "ChangedMeanwhile"}] == []
