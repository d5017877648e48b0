"""Moving, cancelling and looking up in the chat, and replying to a reminder."""

from datetime import timedelta
from typing import Any

import pytest

from db.models import (
    Appointment,
    AppointmentState,
    Conversation,
    Message,
    MessageKind,
    MessageStatus,
    Person,
    ReminderKind,
)
from services.agenda.book import book
from services.agenda.move import STAFF, move
from services.agenda.programmes import programmes_of
from services.agenda.slot import Wanted
from services.agenda.slots import free_slots
from services.calendar import day_here, in_words
from services.people.person import find_by_number
from services.words import Words
from tests.integration.booking_talk.conftest import Chat, build_agenda, labels

pytestmark = pytest.mark.anyio
BOOKED, MOVED, CANCELLED = AppointmentState.BOOKED, AppointmentState.MOVED, AppointmentState.CANCELLED


def staff_books(chat: Chat, programme: str = "contactgesprek", after_days: int = 10) -> int:
    """The caseworker makes one for the resident."""
    now = chat.town.clock()
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        wanted = Wanted(programmes_of(town)[programme], find_by_number(session, town.id, "K-1"), None)
        since = now + timedelta(days=after_days)
        slot = free_slots(session, town, wanted, since, since + timedelta(days=9), now)[0]
        return book(session, town, wanted, slot, now).id


def staff_moves(chat: Chat) -> None:
    """The only appointment gets another time."""
    now = chat.town.clock()
    with chat.town.database.writing() as session:
        town, one = session.merge(chat.town.row), session.get_one(Appointment, chat.appointments(BOOKED)[0].id)
        wanted = Wanted(programmes_of(town)[one.programme], session.get_one(Person, one.person_id), None)
        slot = free_slots(session, town, wanted, now + timedelta(days=9), now + timedelta(days=20), now)[0]
        move(session, town, one, one.version, slot, now, STAFF)


def remind(chat: Chat, appointment_id: int) -> None:
    """The newest message reminds of this appointment."""
    with chat.town.database.writing() as session:
        row = session.get_one(Conversation, chat.conversation)
        row.last_seq += 1
        session.add(
            Message(
                municipality_id=row.municipality_id, conversation_id=row.id, seq=row.last_seq, text="Denkt u eraan?",
                kind=MessageKind.REMINDER, status=MessageStatus.SENT, created_at=chat.town.clock(),
                about=f"appointment:{appointment_id}", about_version=1, reminder=ReminderKind.APPOINTMENT,
            )
        )  # fmt: skip


async def test_a_conversation_is_moved_in_own_words(chat: Chat) -> None:
    made = await chat.booked()
    (asked,) = await chat.moves()
    assert "Uw afspraak blijft staan tot u een nieuwe tijd kiest." in asked.text
    await chat.says("volgende week woensdag om 2 uur")
    (moved,) = await chat.says("de eerste")

    (new,) = chat.appointments(BOOKED)
    assert new.moved_from == made.id
    assert moved.text.startswith("Uw gesprek is verzet. Het is nu op **woensdag 2 december 2026, 14.00**.")
    assert labels(moved) == ["Verzetten", "Afzeggen", "Medewerker"]
    assert chat.form is None


async def test_the_buttons_of_a_confirmation_move_and_cancel(chat: Chat) -> None:
    await chat.booked()
    (asked,) = await chat.presses("Verzetten")
    assert asked.text.startswith("Wanneer komt het u beter uit?")
    await chat.presses("In de middag")
    await chat.says("de eerste")
    (gone,) = await chat.presses("Afzeggen")

    assert gone.text.startswith("Uw gesprek van woensdag 25 november 2026, 13.00 is afgezegd.")
    assert [one.state for one in chat.appointments()] == [MOVED, CANCELLED]


async def test_who_asks_to_cancel_is_asked_whether_it_is_sure(chat: Chat) -> None:
    await chat.booked()
    (asked,) = await chat.cancels()
    assert labels(asked) == ["Ja, zeg af", "Liever verzetten", "Nee, laat staan"]
    await chat.says("nee", "deny")
    assert len(chat.appointments(BOOKED)) == 1
    await chat.cancels()
    await chat.says("ja doe maar", "affirm")

    assert chat.appointments(BOOKED) == []


async def test_a_reason_is_asked_kindly_and_kept_masked(chat: Chat) -> None:
    await chat.booked()
    (gone,) = await chat.presses("Afzeggen")
    assert "Wilt u zeggen waarom? Het hoeft niet." in gone.text
    (noted,) = await chat.says("mijn kind is ziek, bel 06 12345678", "illness")

    assert noted.text.startswith("Dank u")
    reason = chat.appointments(CANCELLED)[0].reason or ""
    assert reason.startswith("mijn kind is ziek")
    assert "12345678" not in reason


@pytest.mark.parametrize("topic", ["illness", "nlu_fallback", "cancel_conversation", "book_conversation"])
async def test_a_reason_is_heard_whatever_it_was_taken_for(chat: Chat, topic: str) -> None:
    await chat.booked()
    await chat.presses("Afzeggen")
    await chat.says("ik ben ziek", topic)

    assert chat.appointments(CANCELLED)[0].reason == "ik ben ziek"
    assert chat.form is None


async def test_what_is_said_later_is_no_reason(chat: Chat) -> None:
    await chat.booked()
    await chat.presses("Afzeggen")
    await chat.says("bedankt", "thank")
    (said,) = await chat.says("ik ben ziek", "illness")

    assert said.text == "Tekst van illness."
    assert chat.appointments(CANCELLED)[0].reason is None


async def test_after_cancelling_another_may_be_planned(chat: Chat) -> None:
    await chat.booked()
    await chat.presses("Afzeggen")
    (asked,) = await chat.books("ik wil een nieuwe afspraak")

    assert asked.text.startswith("Wanneer komt het u goed uit?")


@pytest.mark.parametrize("line", ["nee", "zeg ik liever niet"])
async def test_nobody_has_to_say_why(chat: Chat, line: str) -> None:
    await chat.booked()
    await chat.presses("Afzeggen")
    if line == "nee":
        await chat.says(line, "deny")
    else:
        await chat.presses("Zeg ik liever niet")

    assert chat.appointments(CANCELLED)[0].reason is None
    assert chat.form is None


async def test_cancelling_may_turn_into_moving(chat: Chat) -> None:
    await chat.booked()
    await chat.cancels()
    await chat.presses("Liever verzetten")
    await chat.says("woensdag in de middag")
    await chat.says("de eerste")

    assert [one.state for one in chat.appointments()] == [MOVED, BOOKED]


async def test_while_moving_it_may_still_be_cancelled(chat: Chat) -> None:
    await chat.booked()
    await chat.moves()
    (asked,) = await chat.cancels("nee, ik wil mijn afspraak toch afzeggen")

    assert asked.text.startswith("Zal ik uw gesprek van")


async def test_several_appointments_are_told_apart(chat: Chat) -> None:
    staff_books(chat)
    await chat.booked_besides()
    (which,) = await chat.cancels()
    assert which.text.startswith("Welke afspraak wilt u afzeggen?")
    assert len(labels(which)) == 3
    await chat.says("de tweede")
    await chat.says("ja", "affirm")

    assert len(chat.appointments(BOOKED)) == 1


async def test_the_day_in_the_question_tells_which_one_is_meant(chat: Chat) -> None:
    staff_books(chat)
    other = await chat.booked_besides()
    (asked,) = await chat.cancels("ik wil mijn gesprek van 25 november afzeggen")
    await chat.says("ja", "affirm")

    assert "25 november" in asked.text
    assert [one.id for one in chat.appointments(CANCELLED)] == [other.id]


async def test_without_an_appointment_it_says_what_can_be_done(
    chat: Chat,
) -> None:
    for said in (await chat.moves(), await chat.cancels(), await chat.says("wanneer is het", "show_conversations")):
        assert said[0].text.startswith("Ik zie geen afspraak voor u.")
        assert labels(said[0])[0] == "Gesprek plannen"
    assert chat.form is None


async def test_a_stranger_without_one_hears_of_the_linking_code(stranger: Chat) -> None:
    (said,) = await stranger.says("wanneer is mijn afspraak", "show_conversations")

    assert "koppelcode" in said.text


async def test_when_where_and_what_to_bring_is_told(chat: Chat) -> None:
    staff_books(chat)
    (said,) = await chat.says("wanneer moet ik komen en wat neem ik mee", "show_conversations")

    assert said.text.startswith("Contactgesprek: **")
    assert "U spreekt met Anna." in said.text
    assert "Neem uw legitimatie mee." in said.text


@pytest.mark.parametrize("when", ["before the yes", "between the answer and what it does"])
async def test_what_the_staff_moved_meanwhile_is_not_cancelled(
    chat: Chat, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.booked()
    await chat.cancels()
    answered = chat.as_rasa_does

    async def answer_while_it_moves(*line: Any) -> list[Words]:
        said = await answered(*line)
        staff_moves(chat)
        return said

    if when == "before the yes":
        staff_moves(chat)
    else:
        monkeypatch.setattr(chat, "as_rasa_does", answer_while_it_moves)
    told = (await chat.says("ja", "affirm"))[-1].text

    (stands,) = chat.appointments(BOOKED)
    assert (len(chat.appointments(MOVED)), chat.appointments(CANCELLED)) == (1, [])
    assert in_words(day_here(stands.begins_at), "nl") in told


async def test_a_button_of_another_municipality_reaches_nothing(chat: Chat) -> None:
    await chat.booked()
    mine = chat.appointments(BOOKED)[0]
    with chat.town.database.writing() as session:
        row, _anna, person = build_agenda(session, "anderdorp")
        person_id = person.id
    chat.town.row, chat.address, chat.form = row, "somebody else", None
    chat.link(person_id)
    (said,) = await chat.says("Afzeggen", "cancel_conversation", reference=mine.public_id)

    assert said.text.startswith("Ik zie geen afspraak voor u.")
    assert len(chat.appointments(BOOKED)) == 1


@pytest.mark.parametrize(
    ("line", "topic", "answer"),
    [
        ("ok", "affirm", "Fijn, tot dan."),
        ("ik kan niet", "nlu_fallback", "Fijn dat u het laat weten."),
        ("welke locatie", "nlu_fallback", "Contactgesprek: **"),
        ("kan het later?", "nlu_fallback", "Wanneer komt het u beter uit?"),
        ("zeg maar af", "nlu_fallback", "Zal ik uw gesprek van"),
    ],
)
async def test_a_reply_to_a_reminder_is_understood(chat: Chat, line: str, topic: str, answer: str) -> None:
    remind(chat, staff_books(chat))
    (said,) = await chat.says(line, topic)

    assert said.text.startswith(answer)


async def test_the_reminder_tells_which_one_is_to_be_moved(chat: Chat) -> None:
    first = staff_books(chat)
    await chat.booked_besides()
    remind(chat, first)
    await chat.says("kan het eerder?", "reschedule_conversation")
    await chat.says("maakt niet uit")
    await chat.says("de eerste")

    assert [one.id for one in chat.appointments(MOVED)] == [first]


async def test_after_another_message_the_same_words_are_no_reply(chat: Chat) -> None:
    remind(chat, staff_books(chat))
    await chat.says("mag ik 5000 euro sparen?", "wealth_limit")
    (said,) = await chat.says("ok", "affirm")

    assert said.text.startswith("Tekst van affirm")


@pytest.mark.parametrize("line", ["welke locatie", "waar is het?", "en hoe laat?", "where is it"])
async def test_who_asks_on_after_a_confirmation_reads_its_place_and_time(chat: Chat, line: str) -> None:
    made = await chat.booked()
    (said,) = await chat.says(line, "out_of_scope")

    assert in_words(day_here(made.begins_at), "nl") in said.text
    assert "Stadhuis, Plein 1" in said.text


async def test_another_question_after_a_confirmation_is_answered_itself(chat: Chat) -> None:
    await chat.booked()
    (said,) = await chat.says("wanneer mag ik sparen", "wealth_limit")

    assert said.text.startswith("Sparen mag.")
