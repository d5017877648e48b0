"""From Telegram's question for updates to a row, and from the row to the resident."""

import pytest

from db.models import MessageKind
from services.words import Words
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio


async def test_a_line_is_stored_and_wakes_the_turn(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "Hoeveel spaargeld mag ik hebben?")

    await office.poll()

    [line] = office.messages(MessageKind.LINE)
    assert line.text == "Hoeveel spaargeld mag ik hebben?"
    assert office.woken == [line.conversation_id]


async def test_the_first_words_and_the_answer_arrive_in_order(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7, "hallo")
    await office.poll()
    office.answer(Words("U mag **7.770 euro** hebben."))

    await office.deliverer.deliver_due()

    welcome, example, warning, _question, answer = (m.text for m in telegram.sent_to(7))
    assert warning.startswith("Let op: Telegram kan meelezen.")
    assert example.startswith("Let op: dit is een voorbeeld.")
    assert "een chatbot van de gemeente Voorbeeldstad" in welcome
    assert answer == "U mag 7.770 euro hebben."
    assert telegram.sent_to(7)[-1].bold == ("7.770 euro",)


async def test_nothing_of_the_person_is_kept_but_a_sealed_number(office: Office, telegram: BotApi) -> None:
    telegram.resident_writes(7_654_321, "hallo, mijn bsn is 111222333")

    await office.poll()

    [contact] = office.contacts()
    assert "7654321" not in f"{contact.lookup} {contact.sealed_address}"
    kept = " ".join(f"{m.text} {m.detail} {m.external_id}" for m in office.messages())
    assert "Fatima" not in kept
    assert "fatima_de_vries" not in kept
    assert "111222333" not in kept
