"""A municipality that speaks everybody once in eighteen months, with one person who is due and has a chat."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import load_figures
from cli.inviting import Inviting
from cli.reminding import Reminding
from db.models import (
    Account,
    Appointment,
    AppointmentState,
    Conversation,
    Invitation,
    MeetingChannel,
    Message,
    MessageStatus,
    Municipality,
    Person,
    StaffTask,
)
from db.session import Database
from tests.agenda import build_caseworker, build_chat, build_person, build_town
from tests.builders import build_phrases
from tests.conftest import Clock

LONG_AGO = datetime(2025, 5, 20, 9, 0, tzinfo=UTC)
"""Eighteen months before the tests begin."""


@dataclass
class Round:
    """What the clock sees to, and what came of it."""

    database: Database
    clock: Clock
    town: Municipality
    anna: Account
    fatma: Person
    chat: Conversation

    def tick(self, **later: float) -> None:
        """Time passes, the clock sees to invitations, and what is due a moment later is said."""
        self.clock.forward(**later)
        asyncio.run(Inviting(self.database, self.clock).see_to_all())
        self.clock.forward(minutes=2)
        asyncio.run(Reminding(self.database, load_figures(), self.clock, lambda _chat: None).say_due())

    def said(self) -> list[str]:
        """To anybody, in order."""
        with self.database.reading() as session:
            query = select(Message.text).where(Message.status == MessageStatus.SENT, Message.about.is_not(None))
            return list(session.scalars(query.order_by(Message.id)))

    def invitations(self) -> Sequence[Invitation]:
        with self.database.reading() as session:
            return session.scalars(select(Invitation).order_by(Invitation.id)).all()

    def tasks(self) -> Sequence[StaffTask]:
        with self.database.reading() as session:
            return session.scalars(select(StaffTask).order_by(StaffTask.id)).all()


@pytest.fixture
def round_(database: Database, clock: Clock) -> Round:
    with database.writing() as session:
        build_phrases(session)
        town = build_town(session, months=18, invite_days=28, choose_days=7, hand_days=14)
        anna = build_caseworker(session, town)
        fatma = build_person(session, town, anna, created_at=LONG_AGO)
        return Round(database, clock, town, anna, fatma, build_chat(session, town, fatma))


def build_appointment(session: Session, round_: Round, begins_at: datetime, **fields: object) -> Appointment:
    """Of Fatma with Anna, as it stands when it was booked."""
    made = Appointment(
        municipality_id=round_.town.id, public_id=f"a-{begins_at.isoformat()}", programme="contactgesprek",
        channel=MeetingChannel.OFFICE, begins_at=begins_at, ends_at=begins_at, blocked_from=begins_at,
        blocked_until=begins_at, state=AppointmentState.BOOKED, created_at=begins_at, changed_at=begins_at,
        **{"person_id": round_.fatma.id, "account_id": round_.anna.id, **fields},
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
