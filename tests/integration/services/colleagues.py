"""A colleague of the municipality, with the deeds of a hand-over in one hand, each in a transaction of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.models import Account, CallbackRequest, Conversation, Role
from services import hand_over
from services.callbacks import call_back_done, open_callbacks, phone_of
from services.effects import ASK_PERSON
from tests.builders import build_account
from tests.integration.services.conftest import Town

WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-17:00")
OPEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday, 11.00 here."""
EVENING = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@dataclass
class Colleague:
    town: Town
    account: Account

    def take(self, conversation_id: int, instead_of: int | None = None) -> None:
        self._do(hand_over.take_over, conversation_id, instead_of)

    def reply(self, conversation_id: int, text: str = "Dag, ik kijk mee.", nonce: str = "een") -> str:
        with self.town.database.writing() as session:
            conversation = _stand_in(conversation_id)
            return hand_over.reply(session, conversation, self.account, text, nonce, self.town.clock()).text

    def snooze(self, conversation_id: int, until: datetime | None = None) -> None:
        moment = until or self.town.clock() + timedelta(hours=1)
        with self.town.database.writing() as session:
            hand_over.snooze(session, _stand_in(conversation_id), self.account, moment, self.town.clock())

    def give_back(self, conversation_id: int) -> None:
        self._do(hand_over.give_back, conversation_id)

    def close(self, conversation_id: int) -> None:
        self._do(hand_over.close, conversation_id)

    def promises(self) -> list[CallbackRequest]:
        with self.town.database.reading() as session:
            return list(open_callbacks(session, self.account.municipality_id))

    def phone(self, callback_id: int) -> str | None:
        with self.town.database.reading() as session:
            return phone_of(session, self.town.keys, self.account, callback_id)

    def called(self, callback_id: int) -> None:
        with self.town.database.writing() as session:
            call_back_done(session, self.account, callback_id, self.town.clock())

    def _do(self, deed: Any, conversation_id: int, *more: Any) -> None:
        with self.town.database.writing() as session:
            deed(session, _stand_in(conversation_id), self.account, self.town.clock(), *more)


def _stand_in(conversation_id: int) -> Conversation:
    """As a page knows it: by its number, read long ago."""
    return Conversation(id=conversation_id)


def colleague(town: Town, shown_as: str = "Sanne") -> Colleague:
    with town.database.writing() as session:
        account = build_account(
            session, town.row, Role.CASEWORKER, login=f"{shown_as}@{town.row.slug}".lower(), shown_as=shown_as
        )
    return Colleague(town, account)


@pytest.fixture
def office(town: Town) -> Town:
    with town.database.writing() as session:
        town.row.settings = {"chat_hours": WEEK, "contact": {"phone": "14 050"}}
        session.merge(town.row)
    return town


@pytest.fixture
def sanne(office: Town) -> Colleague:
    return colleague(office)


def ask(office: Town, at: datetime, effect: str = ASK_PERSON) -> int:
    """Somebody asks for a person at that moment."""
    office.clock.now = at
    line = office.say("mag ik een medewerker")
    office.answer(line, "Dat regel ik.", effects=(effect,))
    return line.conversation_id


def newest(office: Town, chat: int) -> str:
    return office.messages(chat)[-1].text
