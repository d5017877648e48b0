"""Reminders over Telegram: that there is a message, the message itself when asked, and an end to all of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from benefits.figures import load_figures
from cli.reminding import Reminding
from db.models import (
    Account,
    ContactPoint,
    DeliveryAttempt,
    MessageKind,
    MessageStatus,
    Municipality,
    Person,
    Role,
)  # fmt: skip
from services.people.person import add_person
from services.reminding.by_hand import remind_of_documents
from services.reminding.moments import moment_on
from tests.builders import build_account
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio
FRIDAY = date(2026, 12, 11)
WAITS = "U heeft een bericht van de gemeente."


@pytest.fixture
def anna(office: Office, town: Municipality) -> Account:
    with office.database.writing() as session:
        return build_account(session, town, Role.CASEWORKER)


async def linked(office: Office, telegram: BotApi, anna: Account, *chats: int) -> None:
    """Each chat is of somebody who is to hand in papers before Friday, and hears so on Tuesday and on Thursday."""
    for chat in chats:
        telegram.resident_writes(chat, "hallo")
        await office.poll_and_deliver()
        with office.database.writing() as session:
            person = add_person(session, anna.municipality_id, f"K-{chat}", office.clock())
            newest = select(ContactPoint.id).order_by(ContactPoint.id.desc()).limit(1).scalar_subquery()
            session.execute(update(ContactPoint).where(ContactPoint.id == newest).values(person_id=person.id))
            remind_of_documents(session, anna, session.get_one(Person, person.id), FRIDAY, office.clock())


async def say_due(office: Office, days_before: int) -> None:
    office.clock.now = moment_on(FRIDAY - timedelta(days=days_before))
    await Reminding(office.database, load_figures(), office.clock, lambda _chat: None).say_due()
    await office.deliverer.deliver_due()


def reminders(office: Office) -> list[tuple[MessageStatus, str | None]]:
    return [(one.status, one.failure) for one in office.messages(MessageKind.REMINDER)]


async def test_only_that_there_is_a_message_goes_out(office: Office, telegram: BotApi, anna: Account) -> None:
    await linked(office, telegram, anna, 7)
    await say_due(office, 3)

    sent = telegram.sent_to(7)[-1]
    assert sent.text.startswith(WAITS)
    assert [label for label, _ in sent.buttons] == ["Lees het hier"]


async def test_pressing_the_button_shows_it_in_the_chat(office: Office, telegram: BotApi, anna: Account) -> None:
    await linked(office, telegram, anna, 7)
    await say_due(office, 3)
    telegram.resident_presses(7, telegram.sent_to(7)[-1].id, 0)
    await office.poll_and_deliver()

    assert "11 december 2026" in telegram.sent_to(7)[-1].text
    assert office.messages(MessageKind.LINE)[-1].status is MessageStatus.ANSWERED


@pytest.mark.parametrize("word", ["stop", "STOP!", "/stop", "afmelden"])
async def test_stop_is_honoured_at_once(office: Office, telegram: BotApi, anna: Account, word: str) -> None:
    await linked(office, telegram, anna, 7)
    await say_due(office, 3)
    telegram.resident_writes(7, word)
    await office.poll_and_deliver()
    told = telegram.sent_to(7)[-1]
    await say_due(office, 1)

    assert "geen herinneringen" in told.text
    assert telegram.sent_to(7)[-1].id == told.id
    assert reminders(office)[0] == (MessageStatus.CANCELLED, "no_consent")


async def test_when_telegram_asks_to_slow_down_the_reminders_of_all_wait(
    office: Office, telegram: BotApi, anna: Account
) -> None:
    await linked(office, telegram, anna, 7, 8, 9)
    telegram.calls.clear()
    telegram.orders("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    await say_due(office, 3)
    office.clock.forward(seconds=16)
    await office.deliverer.deliver_due()
    assert len(telegram.calls_of("sendMessage")) == 1

    office.clock.forward(seconds=1)
    await office.deliverer.deliver_due()
    assert [telegram.sent_to(chat)[-1].text.startswith(WAITS) for chat in (7, 8, 9)] == [True] * 3
    assert attempts(office) == ["too_fast", "sent", "sent", "sent"]


def attempts(office: Office) -> list[str]:
    """What went out and what came back; what was kept back at our side was no try."""
    with office.database.reading() as session:
        return list(session.scalars(select(DeliveryAttempt.result).order_by(DeliveryAttempt.id)))
