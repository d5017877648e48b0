"""Commands, things without words, groups, floods and blocks."""

import logging
from typing import Any

import pytest

from db.models import MessageKind
from tests.conftest import Clock
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio

FILE: dict[str, Any] = {"file_id": "secret-file", "file_unique_id": "u"}
THINGS: dict[str, tuple[dict[str, Any], str]] = {
    "photo": ({"photo": [FILE | {"width": 1, "height": 1}], "caption": "mijn loonstrook"}, "Ik kan geen foto's"),
    "voice": ({"voice": FILE | {"duration": 4}}, "Ik kan geen foto's"),
    "document": ({"document": FILE | {"file_name": "jaaropgave.pdf"}}, "Ik kan geen foto's"),
    "sticker": (
        {"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        "Ik lees alleen woorden",
    ),
    "location": ({"location": {"latitude": 53.2, "longitude": 6.5}}, "Ik lees alleen woorden"),
    "contact": ({"contact": {"phone_number": "+31612345678", "first_name": "Ali"}}, "Ik lees alleen woorden"),
}


@pytest.mark.parametrize("kind", THINGS)
async def test_a_thing_without_words_gets_a_sentence_and_is_not_kept(
    office: Office, telegram: BotApi, kind: str
) -> None:
    what, sentence = THINGS[kind]
    telegram.resident_sends(7, **what)

    await office.poll_and_deliver()

    assert telegram.sent_to(7)[-1].text.startswith(sentence)
    assert office.messages(MessageKind.LINE) == []
    kept = " ".join(f"{m.text} {m.detail} {m.external_id}" for m in office.messages())
    assert not any(secret in kept for secret in ("secret-file", "loonstrook", "jaaropgave", "53.2", "612345678"))
    assert telegram.calls_of("getFile") == []


async def test_ten_photos_in_a_row_get_one_sentence(office: Office, telegram: BotApi) -> None:
    for _ in range(10):
        telegram.resident_sends(7, **THINGS["photo"][0])

    await office.poll_and_deliver()

    assert [m.text[:18] for m in telegram.sent_to(7)].count("Ik kan geen foto's") == 1


async def test_start_says_the_welcome_and_asks_nothing_of_the_understanding(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "/start")

    await office.poll_and_deliver()

    assert len(telegram.sent_to(7)) == 4
    assert office.messages(MessageKind.LINE) == []


async def test_start_again_says_the_welcome_again(office: Office, telegram: BotApi, clock: Clock) -> None:
    telegram.resident_writes(7, "/start")
    await office.poll_and_deliver()
    clock.forward(minutes=5)

    telegram.resident_writes(7, "/start gemeente")
    await office.poll_and_deliver()

    texts = [m.text for m in telegram.sent_to(7)]
    assert texts[:4] == texts[4:]


@pytest.mark.parametrize(
    ("typed", "read"), [("/help", "help"), ("/stop", "stop"), ("/stop@TredeTestBot nu", "stop nu"), ("/", "/")]
)
async def test_a_command_is_a_plain_line(office: Office, telegram: BotApi, typed: str, read: str) -> None:
    telegram.resident_writes(7, typed)
    await office.poll()
    assert office.lines() == [read]
    assert office.messages(MessageKind.LINE)[0].payload is None


async def test_an_edited_message_changes_nothing(office: Office, telegram: BotApi) -> None:
    telegram.updates.add("edited_message", telegram.updates.message(7, text="anders", edit_date=1))
    await office.poll()
    assert office.messages() == []


async def test_too_many_lines_are_told_once(office: Office, telegram: BotApi) -> None:
    for number in range(30):
        telegram.resident_writes(7, f"regel {number}")

    await office.poll_and_deliver()

    assert len(office.lines()) == 20
    told = [m for m in telegram.sent_to(7) if m.text.startswith("U stuurt veel berichten")]
    assert len(told) == 1


async def test_a_line_of_hidden_characters_only_is_told(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "\u200b\u202e\u200f")
    await office.poll_and_deliver()
    assert telegram.sent_to(7)[-1].text.startswith("Typ eerst uw vraag")


async def test_a_long_line_is_kept_and_it_is_told_what_was_read(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "woord " * 682)
    await office.poll_and_deliver()
    assert len(office.lines()[0]) > 4_000
    assert telegram.sent_to(7)[-1].text.startswith("Uw bericht is lang")


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_is_told_why_and_left(office: Office, telegram: BotApi, kind: str) -> None:
    telegram.updates.add("my_chat_member", telegram.updates.membership(-100, kind, "left", "member"))
    telegram.updates.add("message", telegram.updates.message(-100, kind, text="wie heeft er bijstand?"))

    await office.poll()

    assert [m.text[:15] for m in telegram.sent_to(-100)] == ["Ik werk alleen "]
    assert {call["chat_id"] for call in telegram.calls_of("leaveChat")} == {-100}
    assert office.messages() == []
    assert office.contacts() == []


async def test_a_channel_is_left_without_a_word(office: Office, telegram: BotApi) -> None:
    telegram.updates.add("my_chat_member", telegram.updates.membership(-200, "channel", "left", "administrator"))
    await office.poll()
    assert telegram.sent_to(-200) == []
    assert len(telegram.calls_of("leaveChat")) == 1


async def test_who_blocks_us_is_marked_until_the_next_line(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    telegram.resident_blocks(7)
    await office.poll()
    assert office.contacts()[0].unreachable_since is not None

    telegram.resident_unblocks(7)
    await office.poll()
    assert office.contacts()[0].unreachable_since is None


async def test_what_is_said_stands_in_no_log(
    office: Office, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.resident_writes(7, "mijn buurman Kees werkt zwart")
    telegram.resident_sends(7, **THINGS["photo"][0])
    await office.poll_and_deliver()
    assert "Kees" not in caplog.text
    assert "loonstrook" not in caplog.text
