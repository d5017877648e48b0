"""Booking in the chat, through the real actions and on both databases."""

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from sqlalchemy import select, update

from db.models import Appointment, AppointmentState, BookingTalk, Message, Person, StaffTask, TaskKind, WorkingHours
from services.agenda.book import book
from services.agenda.programmes import programmes_of
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import own_and_team
from tests.agenda import build_person
from tests.integration.booking_talk.conftest import Chat, labels

pytestmark = pytest.mark.anyio
BOOKED, HELD = AppointmentState.BOOKED, AppointmentState.HELD


def take_time(chat: Chat, slot: Slot) -> None:
    """Somebody else books it."""
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        other = build_person(session, town, number=f"K-{slot.begins_at}")
        other.caseworker_id = slot.account_id
        book(session, town, Wanted(programmes_of(town)["contactgesprek"], other, None), slot, chat.town.clock())


def talk_of(chat: Chat) -> BookingTalk | None:
    with chat.town.database.reading() as session:
        return session.scalar(select(BookingTalk))


def offered(chat: Chat) -> list[Slot]:
    talk = talk_of(chat)
    assert talk is not None
    return [Slot.from_json(slot) for slot in talk.offered]


def tasks(chat: Chat) -> list[StaffTask]:
    with chat.town.database.reading() as session:
        return list(session.scalars(select(StaffTask)))


async def test_a_wish_leads_to_three_times_with_the_own_caseworker(chat: Chat) -> None:
    await chat.books()
    (said,) = await chat.says("volgende week ergens in de middag, liever niet dinsdag")

    assert said.text.startswith("Bij Anna zijn deze tijden vrij.")
    assert labels(said) == ["ma 30 nov, 13.00", "ma 30 nov, 15.00", "wo 2 dec, 13.00", "Meer tijden", "Medewerker"]


async def test_a_chosen_time_is_held_confirmed_and_told_in_full(chat: Chat) -> None:
    await chat.books("kan ik woensdag in de ochtend een gesprek")
    (held,) = await chat.says("de eerste")
    assert "vijf minuten" in held.text
    assert [one.state for one in chat.appointments()] == [HELD]
    (done,) = await chat.presses("Ja, leg vast")

    (made,) = chat.appointments(BOOKED)
    assert made.begins_at == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert "**woensdag 25 november 2026, 09.00**" in done.text
    assert "Stadhuis, Plein 1" in done.text
    assert "Neem uw legitimatie mee." in done.text
    assert labels(done) == ["Verzetten", "Afzeggen", "Medewerker"]
    assert done.detail["way"]["page"] == f"/afspraak/{made.public_id}.ics"
    assert talk_of(chat) is None


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("de tweede", (2026, 11, 30, 8)),
        ("de laatste graag", (2026, 12, 2, 8)),
        ("die van maandag", (2026, 11, 30, 8)),
        ("woensdag 2 december", (2026, 12, 2, 8)),
        ("3", (2026, 12, 2, 8)),
    ],
)
async def test_a_time_is_picked_in_own_words(chat: Chat, line: str, begins: tuple[int, int, int, int]) -> None:
    await chat.books("in de ochtend")
    await chat.says(line)

    assert [one.begins_at for one in chat.appointments(HELD)] == [datetime(*begins, tzinfo=UTC)]


async def test_free_times_are_looked_for_once_a_line(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    looking = Mock(wraps=own_and_team)
    monkeypatch.setattr("services.booking_talk.office.own_and_team", looking)
    await chat.books("in de ochtend")
    await chat.says("volgende week")
    await chat.presses("Meer tijden")

    assert looking.call_count == 3


async def test_more_times_are_others(chat: Chat) -> None:
    first = labels((await chat.books("in de ochtend"))[0])[:3]
    second = labels((await chat.presses("Meer tijden"))[0])[:3]

    assert len({*first, *second}) == 6


async def test_a_wish_may_be_added_to(chat: Chat) -> None:
    await chat.books("volgende week")
    (said,) = await chat.says("liever niet maandag, en na 2 uur")

    assert labels(said)[0] == "wo 2 dec, 14.00"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("31 november", "Die dag staat niet in de kalender. Wanneer komt het u goed uit?"),
        ("op 31 februari", "Die dag staat niet in de kalender. Wanneer komt het u goed uit?"),
        ("5 november", "Die dag is al voorbij. Wanneer komt het u goed uit?"),
        ("gisteren", "Die dag is al voorbij. Wanneer komt het u goed uit?"),
        ("vorige week", "Die dag is al voorbij. Wanneer komt het u goed uit?"),
        ("dinsdag 25 november", "25 november 2026 is een woensdag. Misschien bedoelt u een andere dag. Wanneer"),
        ("zondag om 3 uur 's nachts", "Precies zo is er geen tijd vrij. Deze tijden zijn er wel:"),
        ("vanavond om 8 uur", "Precies zo is er geen tijd vrij. Deze tijden zijn er wel:"),
        ("volgend jaar", "Zo ver vooruit kan ik nog niet plannen. Het kan tot 21 december 2026"),
        ("in maart", "Zo ver vooruit kan ik nog niet plannen. Het kan tot 21 december 2026"),
        ("zaterdag", "Precies zo is er geen tijd vrij. Deze tijden zijn er wel:"),
    ],
)
async def test_a_day_that_cannot_be_has_a_helpful_question(chat: Chat, line: str, answer: str) -> None:
    await chat.books()
    (said,) = await chat.says(line)

    assert said.text.startswith(answer)
    assert len(labels(said)) >= 4


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("february 31", "That day is not in the calendar. When would suit you?"),
        ("yesterday", "That day is already over. When would suit you?"),
        ("last week", "That day is already over. When would suit you?"),
        ("tuesday november 25", "25 November 2026 is a Wednesday. You may mean another day. When would suit you?"),
        ("sunday at 3 in the morning", "There is no free time exactly like that. These times are free:"),
        ("next year", "I cannot plan that far ahead yet. It is possible until 21 December 2026"),
    ],
)
async def test_so_it_has_in_english(chat: Chat, line: str, answer: str) -> None:
    chat.language = "en"
    await chat.books("I would like an appointment")
    (said,) = await chat.says(line)

    assert said.text.startswith(answer)
    assert len(labels(said)) >= 4


async def test_a_time_of_the_day_that_is_not_free_leads_to_the_nearest_of_that_day(chat: Chat) -> None:
    (said,) = await chat.books("volgende week woensdag om 8 uur 's avonds")

    assert said.text.startswith("Precies zo is er geen tijd vrij.")
    assert labels(said)[:3] == ["wo 2 dec, 15.00", "wo 2 dec, 14.30", "wo 2 dec, 14.00"]


async def test_a_question_in_between_is_answered_and_the_talk_goes_on(chat: Chat) -> None:
    await chat.books("in de ochtend")
    answered, again = await chat.says("mag ik 5000 euro sparen?", "wealth_limit")

    assert answered.text == "Sparen mag."
    assert "Kies een tijd" in again.text
    await chat.says("de eerste")
    assert len(chat.appointments(HELD)) == 1


@pytest.mark.parametrize("line", ["stop", "laat maar"])
async def test_who_stops_leaves_nothing_behind(chat: Chat, line: str) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    (said,) = await chat.says(line, "deny")

    assert said.text.startswith("Goed, ik stop met plannen.")
    assert (chat.form, talk_of(chat), chat.appointments(HELD)) == (None, None, [])


async def test_what_somebody_needs_is_written_with_the_appointment(chat: Chat) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    (again,) = await chat.says("ik heb wel een tolk nodig, arabisch")
    assert "Tolk: arabisch." in again.text
    await chat.presses("Ja, leg vast")

    assert chat.appointments(BOOKED)[0].needs == {"interpreter": "arabisch"}


async def test_who_is_known_to_need_an_interpreter_is_not_asked(chat: Chat) -> None:
    with chat.town.database.writing() as session:
        session.execute(update(Person).values(interpreter="Tigrinya"))
    await chat.books("in de ochtend")
    (held,) = await chat.says("de eerste")

    assert "Tolk: Tigrinya." in held.text
    assert "Ik heb iets nodig" not in labels(held)


async def test_needs_are_asked_with_a_button(chat: Chat) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    await chat.presses("Ik heb iets nodig")
    (again,) = await chat.says("mijn zus komt mee", "nlu_fallback")
    await chat.says("ja", "affirm")

    assert "Wie meekomt: mijn zus komt mee." in again.text
    assert chat.appointments(BOOKED)[0].needs == {"with": "mijn zus komt mee"}


async def test_a_time_that_is_lost_before_the_hold_is_told_with_others(chat: Chat) -> None:
    await chat.books("in de ochtend")
    take_time(chat, offered(chat)[0])
    (said,) = await chat.says("de eerste")

    assert said.text.startswith("Iemand anders koos deze tijd net iets eerder.")
    assert "wo 25 nov, 09.00" not in labels(said)
    assert "Meer tijden" in labels(said)


async def test_a_hold_that_is_over_is_told_when_somebody_else_took_the_time(chat: Chat) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    chat.town.clock.forward(minutes=6)
    take_time(chat, offered(chat)[0])
    (said,) = await chat.presses("Ja, leg vast")
    assert said.text.startswith("De vijf minuten zijn voorbij")
    assert chat.form is None
    await chat.says("de tweede")
    await chat.says("ja", "affirm")

    assert len([one for one in chat.appointments(BOOKED) if one.conversation_id]) == 1


async def test_a_hold_that_is_over_is_no_harm_when_the_time_is_still_free(chat: Chat) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    chat.town.clock.forward(minutes=30)
    await chat.presses("Ja, leg vast")

    assert len(chat.appointments(BOOKED)) == 1


async def test_without_any_time_a_colleague_looks_further(chat: Chat) -> None:
    with chat.town.database.writing() as session:
        for hours in session.scalars(select(WorkingHours)):
            session.delete(hours)
    (said,) = await chat.books("in de ochtend")

    (task,) = tasks(chat)
    assert said.text.startswith("Er is nu geen tijd vrij.")
    assert (task.kind, task.account_id is not None, task.person_id is not None) == (TaskKind.NO_SLOT, True, True)
    assert talk_of(chat) is None


async def test_a_stranger_has_a_first_talk_with_the_team(stranger: Chat) -> None:
    (said,) = await stranger.books("zo snel mogelijk")
    assert said.text.startswith("Deze tijden zijn vrij.")
    await stranger.says("de eerste")
    (done,) = await stranger.says("ja", "affirm")

    (made,) = stranger.appointments(BOOKED)
    assert (made.programme, made.person_id, made.conversation_id) == ("intake", None, stranger.conversation)
    assert "Anna" not in done.text
    assert "We bellen u" in done.text


async def test_a_stranger_books_one_and_no_more(stranger: Chat) -> None:
    await stranger.booked()
    (said,) = await stranger.books()

    assert said.text.startswith("U heeft al een gesprek staan")
    assert labels(said) == ["Verzetten", "Afzeggen", "Medewerker"]


async def test_where_strangers_cannot_book_a_colleague_does(stranger: Chat) -> None:
    with stranger.town.database.writing() as session:
        session.merge(stranger.town.row).settings = {"programmes": []}
    (said,) = await stranger.books()

    assert "een collega" in said.text
    assert [task.kind for task in tasks(stranger)] == [TaskKind.ASKED_FIRST_TALK]


async def test_of_several_kinds_one_is_chosen_and_then_how(chat: Chat) -> None:
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        told = town.settings["programmes"]
        other = told[0] | {
            "key": "fip",
            "name": {"nl": "FIP-gesprek", "en": "FIP talk"},
            "channels": ["office", "phone"],
        }
        town.settings = {"programmes": [*told, other]}
    (kinds,) = await chat.books("in de ochtend")
    assert labels(kinds)[:2] == ["Contactgesprek", "FIP-gesprek"]
    (how,) = await chat.presses("FIP-gesprek")
    assert labels(how)[:2] == ["Op kantoor", "Telefoon"]
    (times,) = await chat.says("bel me maar")
    await chat.says("de eerste")

    assert labels(times)[0] == "wo 25 nov, 09.00"
    assert [one.channel.value for one in chat.appointments(HELD)] == ["phone"]


async def test_a_restart_and_a_lost_form_do_no_harm(chat: Chat) -> None:
    """All that was told is in the database: the next line goes on, whatever Rasa still knows."""
    await chat.books("in de ochtend")
    chat.form = None
    chat.town.clock.forward(hours=3)
    await chat.says("de eerste")
    await chat.says("ja", "affirm")

    assert len(chat.appointments(BOOKED)) == 1


async def test_a_line_that_is_about_something_else_is_left_to_others(chat: Chat) -> None:
    await chat.books("in de ochtend")
    chat.form = None
    (said,) = await chat.says("mag ik 5000 euro sparen?", "wealth_limit")

    assert said.text == "Sparen mag."


async def test_what_nobody_can_read_is_asked_again(chat: Chat) -> None:
    await chat.books()
    (said,) = await chat.says("tja nou ja")

    assert said.text.startswith("Dat begrijp ik niet goed. Dat ligt aan mij.")


async def test_the_way_that_is_meant_already_may_be_said_again(chat: Chat) -> None:
    (offered,) = await chat.books("ik wil een gesprek op kantoor plannen")
    (said,) = await chat.says("op kantoor")

    assert said.text == offered.text


async def test_an_answer_that_its_effect_says_is_said_once(chat: Chat) -> None:
    await chat.booked()

    texts = [message.text for message in chat.messages()]
    assert "" not in texts
    assert sum(text.startswith("Uw gesprek staat vast") for text in texts) == 1


async def test_the_reminders_are_planned_with_the_booking(chat: Chat) -> None:
    made = await chat.booked()
    with chat.town.database.reading() as session:
        planned = session.scalars(select(Message).where(Message.about == f"appointment:{made.id}")).all()

    assert planned


async def test_a_hold_of_somebody_else_is_never_confirmed(chat: Chat) -> None:
    await chat.books("in de ochtend")
    await chat.says("de eerste")
    with chat.town.database.writing() as session:
        session.execute(update(Appointment).values(conversation_id=None))
    await chat.presses("Ja, leg vast")

    assert chat.appointments(BOOKED) == []
