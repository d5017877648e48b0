"""Being called: the number is sealed before anything else sees the line, shown when asked for, and goes in time."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.models import CallbackRequest, Channel, Conversation, ConversationState, MessageKind, MessageStatus
from services.at_once import WITHDRAW
from services.effects import ASK_CALL, ASK_PERSON
from services.errors import UnknownCallback
from services.retention import erase_old_conversations
from services.wiping import erase_conversation, wipe_conversation
from tests.builders import build_municipality
from tests.integration.services.colleagues import EVENING, OPEN, Colleague, ask, colleague, newest, office, sanne
from tests.integration.services.conftest import Town

__all__ = ["office", "sanne"]
NUMBER = "06 12345678"


def test_a_number_is_sealed_and_only_its_end_is_read_back(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    office.say(NUMBER)
    (promise,) = sanne.promises()
    line, answer = office.messages(chat)[-2:]

    assert (line.text, line.status) == ("[telefoonnummer]", MessageStatus.ANSWERED)
    assert answer.text == (
        "Een medewerker belt u vóór dinsdag 24 november 2026, 17.00 uur."
        " Uw nummer eindigt op 78. Ik laat het verder niet zien. Klopt het niet? Typ dan een ander nummer."
    )
    assert (answer.kind, answer.in_reply_to) == (MessageKind.ANSWER, line.id)
    assert sanne.phone(promise.id) == NUMBER
    assert "12345678" not in str(promise.sealed_phone)
    assert all("12345678" not in f"{m.text} {m.detail}" for m in office.messages(chat))


def test_another_number_takes_the_place_of_the_first(office: Town, sanne: Colleague) -> None:
    ask(office, EVENING)
    office.say(NUMBER)
    office.say("nee het is 0687654321")
    (promise,) = sanne.promises()

    assert sanne.phone(promise.id) == "0687654321"


def test_a_line_that_asks_something_besides_goes_on_to_the_assistant(office: Town) -> None:
    chat = ask(office, EVENING)
    office.say(f"mijn nummer is {NUMBER} en mag ik eigenlijk ook een auto hebben?")
    line, notice = office.messages(chat)[-2:]

    assert (line.status, notice.kind) == (MessageStatus.RECEIVED, MessageKind.NOTICE)
    assert "eindigt op 78" in notice.text


def test_without_a_wait_a_number_is_hidden_and_not_kept(office: Town, sanne: Colleague) -> None:
    chat = office.say(NUMBER).conversation_id

    assert office.messages(chat)[-2].status is MessageStatus.RECEIVED
    assert "onleesbaar gemaakt" in newest(office, chat)
    assert sanne.promises() == []


def test_who_waits_within_office_hours_may_be_called_too(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    office.say(NUMBER)

    assert "Een medewerker belt u vóór dinsdag 24 november 2026, 17.00 uur." in newest(office, chat)
    assert len(sanne.promises()) == 1


def test_a_number_typed_to_a_colleague_waits_for_that_colleague(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    sanne.take(chat)
    office.say(NUMBER)
    line, notice = office.messages(chat)[-2:]
    (promise,) = sanne.promises()

    assert (line.status, line.text) == (MessageStatus.HANDED, "[telefoonnummer]")
    assert (notice.detail["hand_over"], sanne.phone(promise.id)) == ("number", NUMBER)
    sanne.reply(chat)
    assert len(sanne.promises()) == 1


def test_other_personal_data_beside_the_number_is_told(office: Town) -> None:
    chat = ask(office, EVENING)
    office.say(f"{NUMBER}, bsn 123456782")
    texts = [m.text for m in office.messages(chat)[-2:]]

    assert "eindigt op 78" in texts[0]
    assert "onleesbaar gemaakt" in texts[1]


def test_without_known_hours_no_number_is_taken(town: Town) -> None:
    chat = ask(town, EVENING)
    town.say(NUMBER)

    assert "onleesbaar gemaakt" in newest(town, chat)
    assert colleague(town).promises() == []


def press_withdraw(office: Town, chat: int) -> None:
    kept = next(m for m in office.messages(chat) if WITHDRAW in str(m.detail.get("buttons")))
    office.press(kept.seq)


def test_a_request_can_be_taken_back(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    office.say(NUMBER)
    press_withdraw(office, chat)
    line, answer = office.messages(chat)[-2:]

    assert (line.text, line.status) == ("Trek het verzoek in", MessageStatus.ANSWERED)
    assert answer.text.startswith("Goed, niemand belt u.")
    assert (sanne.promises(), office.conversation(chat).state) == ([], ConversationState.BOT)
    assert phones(office) == [None]
    press_withdraw(office, chat)
    assert newest(office, chat).startswith("Er staat geen verzoek meer open.")


def phones(office: Town) -> list[str | None]:
    with office.database.reading() as session:
        return list(session.scalars(select(CallbackRequest.sealed_phone)))


def test_the_first_promise_stands_first(office: Town, sanne: Colleague) -> None:
    late = ask(office, EVENING)
    office.clock.now = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    early = office.say("medewerker", address="iemand anders")
    office.answer(early, effects=(ASK_CALL,))

    assert [p.conversation_id for p in sanne.promises()] == [early.conversation_id, late]


def test_a_call_that_was_made_ends_the_wait_and_takes_the_number_away(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    office.say(NUMBER)
    (promise,) = sanne.promises()
    sanne.called(promise.id)
    conversation = office.conversation(chat)

    assert (conversation.state, conversation.waiting_since) == (ConversationState.BOT, None)
    assert (sanne.promises(), phones(office)) == ([], [None])
    for deed in (sanne.called, sanne.phone):
        with pytest.raises(UnknownCallback):
            deed(promise.id)


def test_a_colleague_of_another_municipality_sees_no_request_and_no_number(office: Town, sanne: Colleague) -> None:
    ask(office, EVENING)
    office.say(NUMBER)
    (promise,) = sanne.promises()
    with office.database.writing() as session:
        elsewhere = build_municipality(session, "elders", "Elders")
    els = colleague(Town(office.database, office.clock, elsewhere), "Els")

    assert els.promises() == []
    for deed in (els.called, els.phone):
        with pytest.raises(UnknownCallback):
            deed(promise.id)


@pytest.mark.parametrize("kept", [True, False])
def test_the_number_goes_with_the_conversation(office: Town, kept: bool) -> None:
    chat = ask(office, EVENING)
    office.say(NUMBER)
    with office.database.writing() as session:
        conversation = session.get_one(Conversation, chat)
        if kept:
            wipe_conversation(session, conversation, office.clock())
        else:
            erase_conversation(session, conversation)

    assert phones(office) == []


def test_a_conversation_is_not_erased_before_its_promise_but_not_kept_for_ever(office: Town) -> None:
    with office.database.writing() as session:
        office.row.settings = office.row.settings | {"retention_days": 1}
        session.merge(office.row)
    ask(office, datetime(2026, 12, 24, 17, 0, tzinfo=UTC), ASK_PERSON)

    def erased() -> int:
        with office.database.writing() as session:
            return len(erase_old_conversations(session, office.clock()))

    office.clock.forward(days=2)
    assert erased() == 0
    office.clock.now = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
    assert (erased(), phones(office)) == (1, [])


def test_over_telegram_the_number_is_taken_in_the_same_way(office: Town, sanne: Colleague) -> None:
    office.clock.now = EVENING
    line = office.say("medewerker", channel=Channel.TELEGRAM)
    office.answer(line, effects=(ASK_PERSON,))
    office.say(NUMBER, channel=Channel.TELEGRAM)
    (promise,) = sanne.promises()

    assert sanne.phone(promise.id) == NUMBER
    assert office.messages(line.conversation_id)[-1].status is MessageStatus.DUE
