"""Our quick check of action responses is Rasa's own check, for this version of Rasa."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from serving import actions

_rasas_check = RemoteAction._validate_action_result
GOOD: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": None, "timestamp": None}], "responses": [{"text": "x"}]},
    {"events": [{"event": "active_loop", "name": None}]},
]
BAD: list[Any] = [
    None, [], "x", {"events": {}}, {"events": [{}]}, {"events": [{"event": "slot"}]}, {"responses": ["x"]},
    {"responses": {}}, {"events": [{"event": 1}]},
]  # fmt: skip


def test_the_version_whose_method_we_replace() -> None:
    assert rasa.__version__ == "3.6.21"


@pytest.mark.parametrize("response", GOOD + BAD)
def test_both_checks_agree(response: Any) -> None:
    action = RemoteAction("action_x", None)
    assert _refuses(_rasas_check, action, response) == _refuses(actions._validate, action, response)


@pytest.mark.parametrize("response", BAD)
def test_bad_responses_are_refused(response: Any) -> None:
    assert _refuses(actions._validate, RemoteAction("action_x", None), response)


def test_a_call_says_how_the_newest_line_was_understood_and_what_happened_before() -> None:
    domain = Domain.from_dict({"intents": ["ask"]})
    parse = {"text": "x", "intent": {"name": "ask", "confidence": 1.0}, "entities": [], "intent_ranking": []}
    lines = [UserUttered(text, parse["intent"], parse_data=parse, message_id=text) for text in ("first", "second")]
    tracker = DialogueStateTracker.from_events("somebody", [ActionExecuted("action_listen"), *lines], domain.slots)
    before = RemoteAction("action_x", None)._action_call_format(tracker, domain)
    call = actions._call(RemoteAction("action_x", None), tracker, domain)

    assert call["tracker"]["latest_message"] == before["tracker"]["latest_message"]
    assert [event["event"] for event in call["tracker"]["events"]] == ["action", "user", "user"]
    assert [event.get("text") for event in call["tracker"]["events"]] == [None, "first", "second"]
    assert all("parse_data" not in event for event in call["tracker"]["events"])
    assert all(line.parse_data["intent"] == parse["intent"] for line in lines), "what is remembered stays whole"


def _refuses(check: Any, action: RemoteAction, response: Any) -> bool:
    try:
        return not check(action, response)
    except jsonschema.ValidationError:
        return True
