"""Two questions in one line: the first is answered, the second is a button."""

from typing import Any

import pytest

from tests.integration.actions.conftest import Event, Office, user
from tests.integration.actions.test_actions import payloads

pytestmark = pytest.mark.anyio


def both(first: str, second: str, **entities: Any) -> Event:
    event = user(first, "twee vragen", **entities)
    event["parse_data"]["second"] = second
    return event


async def test_the_second_comes_first_among_the_buttons_and_is_named(office: Office) -> None:
    words = await office.say("action_answer_topic", both("car", "gifts"))

    assert words.text == "Een auto mag.\n\nU vroeg ook naar: Giften krijgen. Kies daarvoor de eerste knop."
    assert words.topic == "car"
    assert payloads(words.buttons) == ["/gifts", '/more_explanation{"topic": "car"}', "/talk_to_human"]


async def test_a_button_that_was_there_already_is_not_there_twice(office: Office) -> None:
    words = await office.say("action_answer_topic", both("car", "talk_to_human"))

    assert payloads(words.buttons) == ["/talk_to_human", '/more_explanation{"topic": "car"}']


async def test_a_second_topic_that_is_not_there_is_not_offered(office: Office) -> None:
    words = await office.say("action_answer_topic", both("car", "no_such_topic"))

    assert words.text == "Een auto mag."


async def test_who_is_in_danger_is_asked_nothing_else(office: Office) -> None:
    words = await office.say("action_talk_to_human", both("distress", "gifts"))

    assert words.text == "Tekst van distress."
    assert words.effects == ("ask_person",)
    assert payloads(words.buttons)[-1] == "/gifts"


async def test_a_form_that_opens_keeps_its_own_question_and_buttons_in_front(office: Office) -> None:
    asked = both("delete_my_data", "gifts")
    words = await office.say("action_ask_delete_confirmed", asked, loop="delete_my_data_form")

    assert "vroeg ook" not in words.text
    assert payloads(words.buttons) == ["/affirm", "/deny", "/gifts"]
