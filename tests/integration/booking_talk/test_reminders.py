"""One kind of reminder off and on again, the income form every month, and an end to all: over the web chat."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from cli.reminding import Reminding
from db.models import Account, Message, MessageStatus, Person
from services.reminding.by_hand import remind_of_documents
from services.reminding.moments import moment_on
from tests.integration.booking_talk.conftest import Chat, labels

pytestmark = pytest.mark.anyio
FRIDAY = date(2026, 12, 11)


@pytest.fixture(autouse=True)
def papers(chat: Chat) -> None:
    """The resident has to hand in papers before Friday."""
    with chat.town.database.writing() as session:
        anna, person = session.scalars(select(Account)).one(), session.scalars(select(Person)).one()
        remind_of_documents(session, anna, person, FRIDAY, chat.town.clock())


async def tick(chat: Chat, moment: datetime) -> list[str]:
    """What is said of what is due then."""
    chat.town.clock.now = moment
    before = chat.newest_seq()
    await Reminding(chat.town.database, load_figures(), chat.town.clock, lambda _chat: None).say_due()
    return [one.text for one in chat.messages() if one.seq > before]


def planned(chat: Chat) -> list[datetime]:
    with chat.town.database.reading() as session:
        query = select(Message.due_at).where(Message.status == MessageStatus.PLANNED)
        return [at for at in session.scalars(query.order_by(Message.due_at)) if at is not None]


async def test_what_is_planned_is_told_with_a_way_to_switch_it_off(chat: Chat) -> None:
    (said,) = await chat.says("welke herinneringen krijg ik", "my_reminders")

    assert "dinsdag 8 december 2026, 10.00: papieren inleveren" in said.text
    assert labels(said) == ["Uit: papieren inleveren", "Ja, inkomsten elke maand", "Stop alles"]


async def test_what_every_month_is_about_is_asked_above_its_button_and_only_there(chat: Chat) -> None:
    question = "Zal ik u ook elke maand aan het inkomstenformulier herinneren?"
    (offered,) = await chat.says("welke herinneringen krijg ik", "my_reminders")
    await chat.presses("Ja, inkomsten")
    (chosen,) = await chat.says("welke herinneringen krijg ik", "my_reminders")

    assert offered.text.endswith(question)
    assert "Niet meer elke maand" in labels(chosen)
    assert question not in chosen.text


async def test_in_english_the_monthly_reminder_is_named_too(chat: Chat) -> None:
    chat.language = "en"
    (said,) = await chat.says("my reminders", "my_reminders")

    assert said.text.endswith("Shall I remind you of the income form every month too?")
    assert "Yes, income every month" in labels(said)


async def test_a_kind_that_is_off_is_not_said_and_one_that_is_on_again_is(chat: Chat) -> None:
    await chat.says("mijn herinneringen", "my_reminders")
    (off,) = await chat.presses("Uit: papieren")
    silent = await tick(chat, moment_on(FRIDAY - timedelta(days=3)))
    (on,) = await chat.presses("Aan: papieren")
    said = await tick(chat, moment_on(FRIDAY - timedelta(days=1)))

    assert off.text.startswith("Goed. Hierover krijgt u geen bericht meer: papieren inleveren.")
    assert on.text == "Goed. Hierover krijgt u weer een bericht: papieren inleveren."
    assert (silent, len(said)) == ([], 1)
    assert "11 december 2026" in said[0]


async def test_another_kind_stays_on(chat: Chat) -> None:
    await chat.booked()
    await chat.says("mijn herinneringen", "my_reminders")
    await chat.presses("Uit: papieren")

    (said,) = await tick(chat, planned(chat)[0])
    assert "25 november 2026" in said


async def test_stop_ends_all_at_once_and_they_come_back_when_asked(chat: Chat) -> None:
    chat.town.say("stop")
    stopped = chat.messages()[-1]
    silent = await tick(chat, moment_on(FRIDAY - timedelta(days=3)))
    await chat.presses("Zet herinneringen aan")
    said = await tick(chat, moment_on(FRIDAY - timedelta(days=1)))

    assert stopped.text.startswith("Goed, u krijgt geen herinneringen meer.")
    assert (silent, len(said)) == ([], 1)


async def test_the_income_form_is_said_every_month_until_it_is_stopped(chat: Chat) -> None:
    await chat.says("mijn herinneringen", "my_reminders")
    await chat.presses("Ja, inkomsten elke maand")
    months = []
    for _ in range(3):
        months.append(max(planned(chat)))
        assert any("inkomsten" in text for text in await tick(chat, months[-1]))
    await chat.says("mijn herinneringen", "my_reminders")
    (stopped,) = await chat.presses("Niet meer elke maand")

    assert [f"{at:%Y-%m}" for at in months] == ["2026-12", "2027-01", "2027-02"]
    assert stopped.text.startswith("Goed. Ik herinner u niet meer")
    assert planned(chat) == []  # the papers were of December
