"""Our quick check of action responses is Rasa's own check, for this version of Rasa."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
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


def _refuses(check: Any, action: RemoteAction, response: Any) -> bool:
    try:
        return not check(action, response)
    except jsonschema.ValidationError:
        return True
