"""Buttons of messages that come by themselves: an invitation, and new times after a conversation that was missed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from cli.reminding import Reminding
from db.models import Account, Appointment, AppointmentState, Conversation, Message, Outcome
from services.afterwards import set_outcome
from services.agenda.programmes import programmes_of
from services.booking_talk.ways import Moment
from services.inviting.remind import choose_button
from services.phrases import Phrases
from services.transcript import add_words
from services.words import Words
from tests.integration.booking_talk.conftest import Chat, labels
from tests.integration.booking_talk.test_booking import offered, take_time, talk_of

pytestmark = pytest.mark.anyio
BOOKED, HELD = AppointmentState.BOOKED, AppointmentState.HELD


async def missed(chat: Chat, made: Appointment | None = None) -> Message:
    """Booked, not come, and what is said of it then."""
    made = made or await chat.booked()
    chat.town.clock.now = made.ends_at + timedelta(hours=1)
    with chat.town.database.writing() as session:
        one = session.get_one(Appointment, made.id)
        anna = session.scalars(select(Account)).one()
        set_outcome(session, anna, one, one.version, Outcome.NO_SHOW, chat.town.clock())
    chat.town.clock.forward(minutes=2)
    await Reminding(chat.town.database, load_figures(), chat.town.clock, lambda _chat: None).say_due()
    return chat.messages()[-1]


def invite(chat: Chat, *programmes: str) -> None:
    """As an invitation to each of these says it."""
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        told = town.settings["programmes"]
        town.settings = {"programmes": [*told, told[0] | {"key": "fip", "name": {"nl": "FIP-gesprek"}}]}
        row, known = session.get_one(Conversation, chat.conversation), programmes_of(town)
        for key in programmes:
            button = choose_button(Phrases(session, town, "nl"), known[key])
            add_words(session, row, Words(f"Kom voor uw {key}.", buttons=(button,)), chat.town.clock())


def planning(chat: Chat) -> str | None:
    talk = talk_of(chat)
    return talk.programme if talk is not None else None


async def test_who_missed_a_conversation_gets_three_new_times_to_press(chat: Chat) -> None:
    said = await missed(chat)

    assert "We hebben elkaar toen niet gesproken." in said.text
    assert said.text.endswith(
        "Deze tijden zijn nu vrij:\n1. maandag 30 november 2026, 09.00\n2. woensdag 2 december 2026, 09.00"
        "\n3. maandag 7 december 2026, 09.00"
    )
    assert labels(said) == ["ma 30 nov, 09.00", "wo 2 dec, 09.00", "ma 7 dec, 09.00", "Andere tijd", "Medewerker"]


async def test_such_a_time_is_booked_by_pressing_it_and_saying_yes(chat: Chat) -> None:
    await missed(chat)
    chat.town.clock.forward(days=2)
    (asked,) = await chat.presses("wo 2 dec")
    (done,) = await chat.says("ja", "affirm")

    assert "Zal ik het zo vastleggen?" in asked.text
    assert "**woensdag 2 december 2026, 09.00**" in done.text
    assert len(chat.appointments(BOOKED)) == 2


async def test_days_later_a_time_that_is_over_or_taken_leads_to_others(chat: Chat) -> None:
    await missed(chat)
    chat.town.clock.forward(days=5)
    (said,) = await chat.presses("ma 30 nov")
    assert said.text.startswith("Die tijd is niet meer vrij. Bij Anna zijn deze tijden vrij.")
    (slot, *_) = offered(chat)
    take_time(chat, slot)
    (again,) = await chat.presses("wo 2 dec, 0")

    assert slot.begins_at.isoformat() == "2026-12-02T08:00:00+00:00"
    assert labels(again)[0] == "wo 2 dec, 10.00"
    assert chat.appointments(HELD) == []


async def test_another_time_after_a_missed_conversation_asks_when_it_suits(chat: Chat) -> None:
    await missed(chat)
    (said,) = await chat.presses("Andere tijd")

    assert said.text.startswith("Wanneer komt het u goed uit?")


async def test_who_has_chosen_meanwhile_is_told_what_stands(chat: Chat) -> None:
    await missed(chat)
    await chat.presses("wo 2 dec")
    await chat.says("ja", "affirm")
    (said,) = await chat.presses("ma 7 dec")

    assert said.text.startswith("U heeft al een gesprek staan: **woensdag 2 december 2026, 09.00**.")


async def test_without_free_times_the_way_to_choose_stays(chat: Chat) -> None:
    made = await chat.booked()
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        contact, *others = town.settings["programmes"]
        town.settings = {"programmes": [contact | {"horizon_days": 2}, *others]}
    said = await missed(chat, made)

    assert labels(said) == ["Kies een tijd", "Medewerker"]


async def test_the_button_of_an_invitation_means_that_conversation(chat: Chat) -> None:
    invite(chat, "contactgesprek", "fip")
    first, second = chat.messages()[-2:]
    chosen = []
    for message in (second, first):
        (said,) = await chat.presses("Kies een tijd", under=message)
        assert said.text.startswith("Wanneer komt het u goed uit?")
        chosen.append(planning(chat))

    assert chosen == ["fip", "contactgesprek"]


async def test_such_a_button_of_a_kind_that_is_gone_asks_what_is_there(chat: Chat) -> None:
    (said,) = await chat.says("Kies een tijd", "book_conversation", choice="begin", value="vroeger")

    assert said.text.startswith("Wanneer komt het u goed uit?")
    assert planning(chat) == "contactgesprek"


@pytest.mark.parametrize("value", ["", "x", "contactgesprek 2026 office", "contactgesprek 2026-12-02T08:00 office"])
def test_a_time_that_no_button_carries_is_none(value: str) -> None:
    assert Moment.read(value) is None
