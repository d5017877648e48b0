"""A topic is answered with what holds on the day; when nothing certain holds, that is what is said."""

from datetime import date

import pytest

from benefits.figures import load_figures
from services.answer_topic import answer_topic, explain_more
from services.errors import UnknownTopic
from services.municipalities import find_municipality
from services.nearest_topics import nearest_topics, pieces
from services.phrases import Phrases
from services.words import Words
from tests.builders import build_municipality, build_topic
from tests.integration.services.conftest import Town

TODAY = date(2026, 11, 23)


def say(town: Town, name: str, on: date = TODAY, language: str = "nl", more: bool = False) -> Words:
    with town.database.reading() as session:
        phrases = Phrases(session, town.row, language)
        return (explain_more if more else answer_topic)(session, load_figures(), phrases, name, on)


@pytest.mark.parametrize("more", [False, True])
def test_before_the_first_answer_holds_nothing_is_claimed(town: Town, more: bool) -> None:
    words = say(town, "wealth_limit", date(2019, 12, 31), more=more)

    assert words.text.startswith("Hierover heb ik nu geen antwoord dat zeker klopt.")
    assert [button.payload for button in words.buttons] == ["/talk_to_human"]
    assert (words.revision, words.sources) == (None, ())


def test_an_amount_that_nobody_knows_for_that_day_is_not_shown(town: Town) -> None:
    with town.database.writing() as session:
        build_topic(session, "norm", "De norm", "Het is {pw_vermogensgrens.alleenstaande}.")

    assert "€" in say(town, "norm").text
    assert say(town, "norm", date(2020, 1, 1)).text.startswith("Hierover heb ik nu geen antwoord")


def test_what_the_municipality_decides_itself_is_said_once_it_is_filled_in(town: Town) -> None:
    with town.database.writing() as session:
        build_topic(session, "payday", "Betaaldag", "Elke maand. {gemeente.betaaldag}", more="{gemeente.betaaldag}")
        build_municipality(session, "buurstad", "Buurstad", policy={"pay_date": 8})
    with town.database.reading() as session:
        row = find_municipality(session, "buurstad")
        told = answer_topic(session, load_figures(), Phrases(session, row, "nl"), "payday", TODAY)

    assert told.text == "Elke maand. Dat is meestal rond de 8e van de maand."
    assert "ziet u welke dag dat is." in say(town, "payday").text
    assert "ziet u welke dag dat is." in say(town, "payday", more=True).text


def test_an_answer_that_is_there_in_dutch_only_says_so(town: Town) -> None:
    words = say(town, "wealth_limit", language="en")

    assert words.text.endswith("I have this answer in Dutch only.")
    assert "Dutch only" not in say(town, "wealth_limit").text


def test_what_has_no_explanation_explains_with_the_answer(town: Town) -> None:
    assert say(town, "wealth_limit", more=True).text == say(town, "wealth_limit").text


def test_a_topic_that_does_not_exist_is_told(town: Town) -> None:
    with pytest.raises(UnknownTopic, match="'parking'"):
        say(town, "parking")


def test_the_nearest_topics_share_rare_words_with_the_line(town: Town) -> None:
    with town.database.reading() as session:
        assert nearest_topics(session, town.row.id, "ik ga op vakantie")[0] == "holiday_abroad"
        assert nearest_topics(session, town.row.id, "spaargeldje")[0] == "wealth_limit"
        assert nearest_topics(session, town.row.id, "xyz 😀") == []


def test_words_are_compared_by_their_beginning_too() -> None:
    assert pieces("Spaargeld op u") == {"spaargeld", "spaa-"}
