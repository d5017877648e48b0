"""The main job over Telegram, against a Bot API on loopback."""

from collections.abc import Callable

import pytest

from tests.e2e.installation import Installation, wait_for
from tests.fakes.bot_api import BotApi, Sent

pytestmark = pytest.mark.e2e

CHAT = 77


def test_a_question_over_telegram_gets_its_answer_and_its_buttons_work(install: Callable[..., Installation]) -> None:
    with BotApi() as telegram:
        installation = install(TREDE_TELEGRAM_TOKEN=telegram.token, TREDE_TELEGRAM_API_URL=telegram.url)
        installation.start()
        telegram.resident_writes(CHAT, "kan ik vakantie houden in turkije")
        installation.wait_until_ready()
        answer = answer_with(telegram, "13")
        first_words = [sent.text for sent in telegram.sent_to(CHAT)][:3]
        assert "chatbot" in first_words[0]
        assert any("Telegram kan meelezen" in text for text in first_words)
        assert "artikel 13" in answer.text
        labels = [label for label, _ in answer.buttons]
        assert "Medewerker" in labels
        telegram.resident_presses(CHAT, answer.id, labels.index("Medewerker"))
        answer_with(telegram, "medewerker")
        installation.stop()
        assert telegram.token not in installation.log


def test_a_webhook_takes_lines_in_and_only_with_its_secret(install: Callable[..., Installation]) -> None:
    with BotApi() as telegram:
        installation = install(
            TREDE_TELEGRAM_TOKEN=telegram.token,
            TREDE_TELEGRAM_API_URL=telegram.url,
            TREDE_TELEGRAM_WEBHOOK_SECRET="a-secret-of-this-test",
        )
        installation.settings["TREDE_PUBLIC_URL"] = installation.url
        installation.start()
        installation.wait_until_ready()
        telegram.resident_writes(CHAT, "hoeveel mag ik sparen")
        assert "8.000" in answer_with(telegram, "8.000").text
        assert telegram.webhook["secret_token"] == "a-secret-of-this-test"


def answer_with(telegram: BotApi, word: str) -> Sent:
    """The newest message in the chat that holds this word; comes within the time that a start of Rasa takes."""
    wait_for(
        lambda: any(word in sent.text for sent in telegram.sent_to(CHAT)),
        60,
        lambda: f"{word!r} never came: {[sent.text[:80] for sent in telegram.sent_to(CHAT)]}",
    )
    return [sent for sent in telegram.sent_to(CHAT) if word in sent.text][-1]
