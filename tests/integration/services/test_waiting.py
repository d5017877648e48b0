"""Who waits for a person is told when somebody can answer: once, and never two promises for one wait."""

from datetime import UTC, datetime, timedelta

import pytest

from db.models import CallbackState, ConversationState, MessageKind
from services.effects import ASK_CALL
from services.waiting import tell_waiting
from tests.integration.services.colleagues import EVENING, OPEN, Colleague, ask, colleague, newest, office, sanne
from tests.integration.services.conftest import Town, at_once

__all__ = ["office", "sanne"]
LATER = (
    "Er is nu geen medewerker. Iemand neemt contact met u op vóór dinsdag 24 november 2026, 17.00 uur."
    " Het antwoord komt hier. Wilt u liever dat wij u bellen? Typ hier uw telefoonnummer."
)
LONG = "Het wachten duurt lang."


def tick(office: Town) -> list[int]:
    with office.database.writing() as session:
        return tell_waiting(session, office.clock())


def test_within_office_hours_the_resident_reads_until_when_somebody_is_there(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    conversation = office.conversation(chat)

    assert newest(office, chat) == "Ik heb een medewerker gevraagd. U krijgt hier antwoord, vandaag tot 17.00 uur."
    assert (conversation.state, conversation.waiting_since) == (ConversationState.WAITING, OPEN)
    assert sanne.promises() == []


def test_outside_office_hours_a_promise_is_made_with_its_full_date(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    (promise,) = sanne.promises()

    assert newest(office, chat) == LATER
    assert (promise.conversation_id, promise.asked_at) == (chat, EVENING)
    assert promise.promised_by == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert office.conversation(chat).state is ConversationState.WAITING


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "maandag 23 november 2026"),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), "maandag 23 november 2026"),
        (datetime(2026, 12, 24, 17, 0, tzinfo=UTC), "maandag 28 december 2026"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "maandag 4 januari 2027"),
    ],
)
def test_the_promise_is_for_the_end_of_the_next_office_day(office: Town, asked: datetime, day: str) -> None:
    assert f"vóór {day}, 17.00 uur" in newest(office, ask(office, asked))


def test_asking_again_makes_no_second_promise(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    office.clock.forward(hours=1)
    ask(office, office.clock())

    assert len(sanne.promises()) == 1
    assert newest(office, chat).startswith("U staat al in de rij.")
    assert "dinsdag 24 november 2026, 17.00 uur" in newest(office, chat)


def test_without_known_hours_nothing_is_promised(town: Town) -> None:
    chat = ask(town, EVENING)

    assert "ik weet niet wanneer iemand tijd heeft" in newest(town, chat)
    assert town.conversation(chat).state is ConversationState.WAITING
    assert colleague(town).promises() == []
    assert tick(town) == []


@pytest.mark.parametrize("at", [OPEN, EVENING])
def test_who_wants_to_be_called_is_asked_for_a_number_at_any_hour(office: Town, sanne: Colleague, at: datetime) -> None:
    chat = ask(office, at, ASK_CALL)

    assert newest(office, chat).startswith("Typ hier uw telefoonnummer. Dan belt een medewerker u vóór dinsdag 24")
    assert len(sanne.promises()) == 1


def test_a_wait_of_ten_minutes_is_told_once_with_another_way(office: Town) -> None:
    chat = ask(office, OPEN)
    office.clock.forward(minutes=9)
    assert tick(office) == []
    office.clock.forward(minutes=1)

    assert (tick(office), tick(office)) == ([chat], [])
    assert newest(office, chat).startswith(LONG)
    office.clock.forward(minutes=30)
    assert tick(office) == []


def test_who_still_waits_when_the_office_closes_gets_a_promise(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN + timedelta(hours=4))
    office.clock.forward(minutes=15)
    tick(office)
    office.clock.now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)

    assert (tick(office), tick(office)) == ([chat], [])
    assert newest(office, chat) == LATER
    assert len(sanne.promises()) == 1


def test_who_has_a_promise_is_not_told_the_next_morning_that_it_takes_long(office: Town) -> None:
    ask(office, EVENING)
    office.clock.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    assert tick(office) == []


def test_a_promise_that_was_not_kept_is_owned_up_to_once(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    office.clock.now = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    assert tick(office) == []
    office.clock.forward(minutes=1)

    assert (tick(office), tick(office)) == ([chat], [])
    assert newest(office, chat).startswith("Wij hebben nog geen contact met u opgenomen.")
    assert "14 050" in newest(office, chat)
    assert len(sanne.promises()) == 1


def test_nobody_is_told_anything_while_a_person_has_the_chat(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    sanne.take(chat)
    office.clock.forward(hours=9)

    assert tick(office) == []
    assert office.messages(chat)[-1].detail["hand_over"] == "joined"


def test_two_workers_tell_it_once(office: Town) -> None:
    chat = ask(office, OPEN)
    office.clock.forward(minutes=10)
    told = at_once(4, lambda _: tick(office))

    assert sorted(len(which) for which in told) == [0, 0, 0, 1]
    assert len([m for m in office.messages(chat) if m.text.startswith(LONG)]) == 1


def test_a_chat_that_was_put_aside_comes_back_at_its_time(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    sanne.take(chat)
    sanne.snooze(chat, OPEN + timedelta(hours=1))
    before = office.messages(chat)
    tick(office)
    assert office.conversation(chat).state is ConversationState.SNOOZED
    office.clock.forward(hours=1)
    tick(office)
    conversation = office.conversation(chat)

    assert (conversation.state, conversation.assigned_to) == (ConversationState.HUMAN, sanne.account.id)
    assert (conversation.snoozed_until, conversation.changed_at) == (None, office.clock())
    assert len(office.messages(chat)) == len(before)


def test_a_second_wait_is_told_of_itself(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    office.clock.forward(minutes=10)
    tick(office)
    sanne.take(chat)
    sanne.give_back(chat)
    ask(office, office.clock())
    office.clock.forward(minutes=10)

    assert tick(office) == [chat]


def test_who_writes_to_a_colleague_that_went_home_hears_when_he_is_read(office: Town, sanne: Colleague) -> None:
    chat = ask(office, OPEN)
    sanne.take(chat)
    office.clock.now = EVENING
    office.say("bent u er nog?")
    office.say("hallo?")
    notices = [m for m in office.messages(chat, MessageKind.NOTICE) if m.detail.get("hand_over") == "away"]

    assert [n.text for n in notices] == [
        "Er is nu geen medewerker. Uw bericht is bewaard. U krijgt antwoord vóór dinsdag 24 november 2026, 17.00 uur."
    ]


def test_a_wait_that_lasts_days_can_be_found_back(office: Town, sanne: Colleague) -> None:
    chat = ask(office, datetime(2026, 12, 24, 17, 0, tzinfo=UTC))
    office.clock.now = datetime(2026, 12, 28, 10, 0, tzinfo=UTC)
    assert office.say("ik wacht nog").conversation_id == chat
    sanne.take(chat)
    sanne.close(chat)
    office.clock.forward(hours=25)

    assert office.say("een nieuwe vraag").conversation_id != chat


def test_a_promise_without_a_number_is_kept_by_a_reply(office: Town, sanne: Colleague) -> None:
    chat = ask(office, EVENING)
    (promise,) = sanne.promises()
    office.clock.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    sanne.take(chat)
    assert len(sanne.promises()) == 1
    sanne.reply(chat)

    assert sanne.promises() == []
    with office.database.reading() as session:
        kept = session.get_one(type(promise), promise.id)
        assert (kept.state, kept.done_by, kept.done_at) == (CallbackState.DONE, sanne.account.id, office.clock())
