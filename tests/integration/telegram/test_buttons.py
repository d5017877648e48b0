"""Buttons under a message, and what pressing one means."""

import pytest

from db.models import MessageKind
from services.words import Button, Words
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio

OLD_BUTTON = "Die knop hoort bij een eerder bericht"


async def test_a_button_says_its_label_and_means_its_topic(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    welcome = telegram.sent_to(7)[-1]
    assert [label for label, _ in welcome.buttons] == ["Hoeveel spaargeld", "Op vakantie"]

    telegram.resident_presses(7, welcome.id, 1)
    await office.poll()

    line = office.messages(MessageKind.LINE)[-1]
    assert (line.text, line.payload) == ("Op vakantie", "/holiday_abroad")
    assert len(telegram.calls_of("answerCallbackQuery")) == 1


async def test_the_buttons_stand_under_each_other_and_fit(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll()
    office.answer(Words("Kies", buttons=tuple(Button(f"Keuze {i}", "/wealth_limit") for i in range(4))))
    await office.deliverer.deliver_due()

    rows = telegram.sent_to(7)[-1].parameters["reply_markup"]["inline_keyboard"]

    assert [len(row) for row in rows] == [1, 1, 1, 1]
    assert max(len(row[0]["callback_data"].encode()) for row in rows) <= 64


async def test_a_button_pressed_twice_by_redelivery_is_one_line(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    telegram.resident_presses(7, telegram.sent_to(7)[-1].id, 0)
    before = office.poller.offset
    await office.poll()

    office.poller.offset = before
    await office.poll()

    assert office.lines() == ["hallo", "Hoeveel spaargeld"]


@pytest.mark.parametrize("data", ["c:99:0:1", "c:3:9:1", "c:3:0:999", "c:3", "pay:100", "c:-1:0:1", "c:٣:0:1"])
async def test_a_button_that_is_not_ours_gets_a_kind_sentence(office: Office, telegram: BotApi, data: str) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll()

    telegram.resident_presses_data(7, data)
    await office.poll_and_deliver()

    assert telegram.sent_to(7)[-1].text.startswith(OLD_BUTTON)
    assert len(telegram.calls_of("answerCallbackQuery")) == 1
    assert office.lines() == ["hallo"]


async def test_a_button_of_yesterday_does_not_press_one_of_today(
    office: Office, telegram: BotApi, clock: Clock
) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll_and_deliver()
    yesterday = telegram.sent_to(7)[-1]
    clock.forward(hours=25)
    telegram.resident_writes(7, "daar ben ik weer")
    await office.poll_and_deliver()

    telegram.resident_presses(7, yesterday.id, 0)
    await office.poll_and_deliver()

    assert telegram.sent_to(7)[-1].text.startswith(OLD_BUTTON)
    assert office.lines() == ["hallo", "daar ben ik weer"]


async def test_a_resident_cannot_press_a_button_of_another(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    telegram.resident_writes(8, "hallo")
    await office.poll_and_deliver()
    of_seven = telegram.sent_to(7)[-1].buttons[0][1]

    telegram.resident_presses_data(8, of_seven)
    await office.poll_and_deliver()

    assert telegram.sent_to(8)[-1].text.startswith(OLD_BUTTON)
