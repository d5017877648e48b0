"""Somebody types what stands on a button instead of pressing it, or answers "ja" to it."""

import pytest

from services.words import Button, Words
from tests.integration.turn.conftest import Desk

pytestmark = pytest.mark.anyio
BUTTONS = (Button("Ja, inkomsten elke maand", '/my_reminders{"kind": "on"}'), Button("Mijn lijst", "/my_list"))


@pytest.fixture(autouse=True)
def rasa_answers(desk: Desk) -> None:
    desk.rasa.reply = lambda _: Words("Zal ik dat doen?", topic="my_reminders", buttons=BUTTONS)


@pytest.mark.parametrize(
    ("typed", "payload"),
    [("ja graag", BUTTONS[0].payload), ("Ja inkomsten elke maand!", BUTTONS[0].payload), ("mijn lijst", "/my_list")],
)
async def test_it_is_as_good_as_pressing_it(desk: Desk, typed: str, payload: str) -> None:
    await desk.ask("krijg ik herinneringen")
    await desk.ask(typed)

    told = desk.rasa.lines[-1]
    assert (told["text"], told["payload"]) == (payload, True)


@pytest.mark.parametrize("typed", ["nee", "ja maar hoe laat is dat dan", "mijn lijst wil ik zien"])
async def test_other_words_are_just_words(desk: Desk, typed: str) -> None:
    await desk.ask("krijg ik herinneringen")
    await desk.ask(typed)

    assert (desk.rasa.lines[-1]["text"], desk.rasa.lines[-1]["payload"]) == (typed, False)


async def test_two_buttons_that_begin_with_yes_are_not_chosen_between(desk: Desk) -> None:
    desk.rasa.reply = lambda _: Words("Hoe?", buttons=(Button("Ja, nu", "/now"), Button("Ja, later", "/later")))
    await desk.ask("wilt u bellen")
    await desk.ask("ja")

    assert desk.rasa.lines[-1]["payload"] is False


@pytest.mark.parametrize(("text", "meant"), [("Zal ik u elke maand herinneren?", True), ("U heeft een lijst.", False)])
async def test_yes_to_a_question_means_its_only_button(desk: Desk, text: str, meant: bool) -> None:
    buttons = (Button("Elke maand", "/my_reminders"), Button("Medewerker", "/talk_to_human"))
    desk.rasa.reply = lambda _: Words(text, buttons=buttons)
    await desk.ask("krijg ik herinneringen")
    await desk.ask("ja graag")

    assert desk.rasa.lines[-1]["payload"] is meant


def answer(desk: Desk, topic: str) -> None:
    desk.rasa.reply = lambda _: Words("Een antwoord.", topic=topic)


@pytest.mark.parametrize("typed", ["Laat mijn lijst zien", "wat staat er op mijn lijst", "show my list"])
@pytest.mark.parametrize(
    ("topic", "payload"),
    [("log_search_effort", '/log_search_effort{"kind": "list"}'), ("my_agreements", "/my_agreements")],
)
async def test_my_list_is_the_one_that_was_spoken_about(desk: Desk, typed: str, topic: str, payload: str) -> None:
    answer(desk, topic)
    await desk.ask("vandaag gesolliciteerd")
    answer(desk, "wealth_limit")
    await desk.ask("mag ik sparen")
    await desk.ask(typed)

    told = desk.rasa.lines[-1]
    assert (told["text"], told["payload"]) == (payload, True)


async def test_of_two_lists_the_last_is_meant(desk: Desk) -> None:
    for topic in ("log_search_effort", "work_checklist"):
        answer(desk, topic)
        await desk.ask("wat moet ik doen")
    await desk.ask("mijn lijst")

    assert (desk.rasa.lines[-1]["text"], desk.rasa.lines[-1]["payload"]) == ("mijn lijst", False)


async def test_a_list_of_long_ago_is_forgotten(desk: Desk) -> None:
    for topic in ("log_search_effort", *["wealth_limit"] * 6):
        answer(desk, topic)
        await desk.ask("nog een vraag")
    await desk.ask("mijn lijst")

    assert desk.rasa.lines[-1]["payload"] is False
