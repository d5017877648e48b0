"""What Telegram says to a message of ours, and what we do with it."""

import pytest

from bot.channels.telegram.send import TelegramSender
from db.models import Channel, Message, MessageStatus
from services.words import Button, ShownFigure, Words
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio


async def started(office: Office, telegram: BotApi, chat: int = 7) -> None:
    """The resident wrote, and has the first words."""
    telegram.resident_writes(chat, "hallo")
    await office.poll_and_deliver()
    telegram.calls.clear()


def last(office: Office) -> Message:
    return office.messages()[-1]


async def test_the_source_stands_under_the_answer(office: Office, telegram: BotApi) -> None:
    await started(office, telegram)
    figure = ShownFigure("pw_vermogensgrens", "7770", "€ 7.770", "2026-01-01", None)
    source = {"text": "artikel 34 Participatiewet", "url": "https://wetten.overheid.nl/"}
    office.answer(Words("Dat mag.", sources=(source,), figures=(figure,)))

    await office.deliverer.deliver_due()

    text = telegram.sent_to(7)[-1].text
    assert text == "Dat mag.\n\nBron: artikel 34 Participatiewet · bedragen per 1 januari 2026"
    assert telegram.sent_to(7)[-1].parameters["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    "text",
    [
        "<b>vet</b> & <script>alert(1)</script>",
        "_a_ [b](tg://user?id=1) `c` ~d~ ||e||",
        "1 < 2 > 0 \\ {x} #! .-+=",
        "*",
    ],
)
async def test_markup_of_others_arrives_as_plain_text(office: Office, telegram: BotApi, text: str) -> None:
    await started(office, telegram)
    office.answer(Words(f"Uw vraag was: {text} **ja**"))

    await office.deliverer.deliver_due()

    sent = telegram.sent_to(7)[-1]
    assert sent.text == f"Uw vraag was: {text} ja"
    assert sent.bold == ("ja",)
    assert "parse_mode" not in sent.parameters


async def test_bold_is_found_again_behind_emoji(office: Office, telegram: BotApi) -> None:
    await started(office, telegram)
    office.answer(Words("👩‍👧 en 🎉: **€ 1.401,50** per **maand**"))
    await office.deliverer.deliver_due()
    assert telegram.sent_to(7)[-1].bold == ("€ 1.401,50", "maand")


async def test_a_text_too_long_for_one_message_becomes_two(office: Office, telegram: BotApi) -> None:
    await started(office, telegram)
    paragraphs = [f"Alinea {n}. " + "woord " * 150 for n in range(6)]
    office.answer(Words("\n\n".join(paragraphs), buttons=(Button("Ja", "/affirm"),)))

    await office.deliverer.deliver_due()

    parts = telegram.sent_to(7)[4:]
    assert [bool(part.buttons) for part in parts] == [False, True]
    assert max(len(part.text) for part in parts) <= 4096
    assert " ".join(p.text for p in parts).split() == " ".join(paragraphs).split()


async def test_retry_after_is_honoured_and_the_order_is_kept(office: Office, telegram: BotApi, clock: Clock) -> None:
    await started(office, telegram)
    office.answer(Words("een"))
    office.answer(Words("twee"))
    telegram.orders("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)

    await office.deliverer.deliver_due()
    clock.forward(seconds=16)
    await office.deliverer.deliver_due()
    assert len(telegram.calls_of("sendMessage")) == 1

    clock.forward(seconds=1)
    await office.deliverer.deliver_due()
    assert [m.text for m in telegram.sent_to(7)][-2:] == ["een", "twee"]


async def test_retry_after_of_one_chat_does_not_hold_up_another(office: Office, telegram: BotApi) -> None:
    await started(office, telegram, 7)
    conversation = last(office).conversation_id
    await started(office, telegram, 8)
    telegram.orders_always("sendMessage", 7, 500, "Internal Server Error")
    office.answer(Words("voor zeven"), conversation)
    office.answer(Words("voor acht"))

    await office.deliverer.deliver_due()

    assert telegram.sent_to(8)[-1].text == "voor acht"


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_trouble_at_telegram_passes(office: Office, telegram: BotApi, clock: Clock, status: int) -> None:
    await started(office, telegram)
    office.answer(Words("antwoord"))
    telegram.orders("sendMessage", status, times=3)

    for _ in range(4):
        await office.deliverer.deliver_due()
        clock.forward(minutes=1)

    assert telegram.sent_to(7)[-1].text == "antwoord"
    assert (last(office).status, last(office).attempts, last(office).failure) == (MessageStatus.SENT, 4, None)


async def test_an_answer_that_never_came_means_sending_again(office: Office, telegram: BotApi, clock: Clock) -> None:
    await started(office, telegram)
    office.answer(Words("antwoord"))
    telegram.orders_silence("sendMessage", 6)

    await office.deliverer.deliver_due()
    assert last(office).status is MessageStatus.DUE

    clock.forward(minutes=1)
    await office.deliverer.deliver_due()
    assert [m.text for m in telegram.sent_to(7)][-2:] == ["antwoord", "antwoord"]


@pytest.mark.parametrize(
    ("status", "description", "failure", "gone"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked", True),
        (403, "Forbidden: user is deactivated", "blocked", True),
        (400, "Bad Request: chat not found", "chat_gone", True),
        (400, "Bad Request: message text is empty", "refused", False),
    ],
)
async def test_what_will_never_arrive_is_given_up(
    office: Office, telegram: BotApi, status: int, description: str, failure: str, gone: bool
) -> None:
    await started(office, telegram)
    office.answer(Words("antwoord"))
    telegram.orders("sendMessage", status, description)

    await office.deliverer.deliver_due()

    assert (last(office).status, last(office).failure) == (MessageStatus.FAILED, failure)
    assert (office.contacts()[0].unreachable_since is not None) is gone
    assert len(telegram.calls_of("sendMessage")) == 1


async def test_who_writes_again_after_a_block_can_be_reached_again(office: Office, telegram: BotApi) -> None:
    await started(office, telegram)
    office.answer(Words("antwoord"))
    telegram.orders("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await office.deliverer.deliver_due()

    telegram.resident_writes(7, "ik ben er weer")
    await office.poll()

    assert office.contacts()[0].unreachable_since is None


async def test_a_message_never_leaves_by_the_bot_of_another_municipality(office: Office, telegram: BotApi) -> None:
    await started(office, telegram)
    office.answer(Words("van ons"))
    another = {office.contacts()[0].municipality_id + 1: office.bot}
    office.deliverer.senders = {Channel.TELEGRAM: TelegramSender(another)}

    await office.deliverer.deliver_due()

    assert telegram.calls_of("sendMessage") == []
    assert (last(office).status, last(office).failure) == (MessageStatus.DUE, "channel_off")
