"""A button switches the language, and gives the answer beside which it stood once more."""

import pytest

from services.words import Words
from tests.integration.actions.conftest import Event, Office, user

pytestmark = pytest.mark.anyio


async def said(office: Office, event: Event) -> list[Words]:
    response = await office.call("action_switch_language", event)
    assert response.status_code == 200, response.text
    return [Words.from_json(one["custom"]) for one in response.json()["responses"]]


async def test_the_answer_is_given_again_in_the_language_that_was_chosen(office: Office) -> None:
    changed, answer = await said(office, user("switch_language", language="en", topic="car"))

    assert (changed.text, changed.effects) == ("I now write in English.", ("speak:en",))
    assert answer.topic == "car"
    assert answer.text.endswith("I have this answer in Dutch only.")


@pytest.mark.parametrize("topic", ["greet", "no_such_topic", ""])
async def test_what_is_no_answer_is_not_given_again(office: Office, topic: str) -> None:
    (changed,) = await said(office, user("switch_language", language="en", topic=topic))

    assert changed.text == "I now write in English. What is your question?"


async def test_the_help_to_somebody_in_danger_is_given_again_without_asking_a_person_twice(office: Office) -> None:
    _, answer = await said(office, user("switch_language", language="en", topic="distress"))

    assert answer.topic == "distress"
    assert answer.effects == ()
