"""Short lines after a reminder or a confirmation: about the appointment only when they can be about nothing else."""

import pytest

from db.models import TopicKind
from services.calendar import day_here, in_words
from tests.builders import build_topic
from tests.integration.booking_talk.conftest import Chat
from tests.integration.booking_talk.test_changing import remind, staff_books

pytestmark = pytest.mark.anyio

ASKS_ON = [
    ("wat is het adres", "elsewhere_address"),
    ("welk adres?", "elsewhere_address"),
    ("op welk adres moet ik zijn", "show_conversations"),
    ("en waar?", "nlu_fallback"),
    ("waar moet ik dan zijn", "apply_how"),
    ("hoe laat moet ik er zijn?", "nlu_fallback"),
    ("hoe laat was het ook alweer", "out_of_scope"),
    ("wat moet ik meenemen", "appointment"),
    ("wat neem ik mee", "documents"),
    ("welke papieren neem ik mee", "documents"),
    ("moet ik mijn paspoort meenemen?", "elsewhere_passport"),
    ("what time", "nlu_fallback"),
    ("which address", "nlu_fallback"),
    ("where do I have to be?", "out_of_scope"),
    ("what do I bring", "documents"),
]
ABOUT_SOMETHING_ELSE = [
    ("nieuw adres doorgeven", "nlu_fallback"),
    ("wanneer krijg ik mijn geld", "pay_date"),
    ("waar vraag ik toeslag aan", "elsewhere_toeslagen"),
    ("wat is het adres van de voedselbank", "elsewhere_food_bank"),
    ("waar kan ik parkeren", "elsewhere_parking"),
    ("waar moet ik mijn inkomen doorgeven", "nlu_fallback"),
    ("hoe laat is de gemeente open", "nlu_fallback"),
    ("mag ik iemand meenemen", "appointment"),
    ("kan ik later betalen", "debts"),
    ("ik kan mijn huur niet betalen", "debts"),
    ("krijg ik geld als ik ben ziek geweest", "illness"),
    ("ok hoeveel mag ik sparen", "wealth_limit"),
    ("when do I get my money", "nlu_fallback"),
    ("where can I get food", "elsewhere_food_bank"),
    ("what is the address of the food bank", "elsewhere_food_bank"),
    ("I can't pay my rent", "debts"),
    ("i have a new address", "elsewhere_address"),
]


@pytest.fixture(autouse=True)
def topics(chat: Chat) -> None:
    names = {topic for _line, topic in ASKS_ON + ABOUT_SOMETHING_ELSE}
    with chat.town.database.writing() as session:
        for name in names - {"wealth_limit", "illness", "nlu_fallback", "out_of_scope", "show_conversations"}:
            build_topic(session, name, name, f"Tekst van {name}.")
        build_topic(session, "out_of_scope", "out_of_scope", kind=TopicKind.TASK)


@pytest.mark.parametrize(("line", "topic"), ASKS_ON)
async def test_who_asks_on_reads_where_when_and_what_to_bring(chat: Chat, line: str, topic: str) -> None:
    made = await chat.booked()
    (told,) = await chat.says(line, topic)
    remind(chat, made.id)
    (again,) = await chat.says(line, topic)

    assert told.text == again.text
    assert in_words(day_here(made.begins_at), "nl") in told.text
    assert "Neem uw legitimatie mee." in told.text


@pytest.mark.parametrize(("line", "topic"), ABOUT_SOMETHING_ELSE)
@pytest.mark.parametrize("after", ["a confirmation", "a reminder"])
async def test_another_question_keeps_its_own_topic(chat: Chat, after: str, line: str, topic: str) -> None:
    made = await chat.booked()
    if after == "a reminder":
        remind(chat, made.id)
    (said,) = await chat.says(line, topic)

    assert "Stadhuis, Plein 1" not in said.text
    assert said.text.startswith(
        {"wealth_limit": "Sparen mag.", "nlu_fallback": "Ik weet niet zeker"}.get(topic, f"Tekst van {topic}.")
    )


async def test_what_names_a_place_and_is_of_no_topic_is_about_the_appointment_after_a_reminder(chat: Chat) -> None:
    remind(chat, staff_books(chat))
    (said,) = await chat.says("wat is het adres van dat kantoor", "nlu_fallback")

    assert "Stadhuis, Plein 1" in said.text


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("ik ben ziek", "illness"),
        ("ik kan dan niet, ik heb geen oppas", "childcare_practical"),
        ("I can't make it, I have to work", "refuse_job"),
    ],
)
async def test_who_cannot_come_is_understood_whatever_the_reason_is_about(chat: Chat, line: str, topic: str) -> None:
    remind(chat, staff_books(chat))
    (said,) = await chat.says(line, topic)

    assert said.text.startswith("Fijn dat u het laat weten.")
