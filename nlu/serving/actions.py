"""Rasa's call to the action server, with our limits: five seconds, a quick check of the answer, and failures noted.

Rasa 3.6.21 swallows a failing action; we want to know, so that the turn can be undone and told."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import rasa.core.actions.action as rasa_actions
from jsonschema import ValidationError
from jsonschema.validators import validator_for

TIMEOUT = 5  # seconds

# The names of the actions that failed in this turn; each turn sets its own list.
failures: ContextVar[list[str]] = ContextVar("failures")

_rasas_run = rasa_actions.RemoteAction.run
_schema = rasa_actions.RemoteAction.action_response_format_spec()
# Rasa checks the schema itself against its meta-schema at every response: 31 of 39 ms of a turn.
_validator = validator_for(_schema)(_schema)


def install() -> None:
    """Puts our three changes into Rasa's RemoteAction; doing so twice changes nothing."""
    rasa_actions.DEFAULT_REQUEST_TIMEOUT = TIMEOUT
    rasa_actions.RemoteAction._validate_action_result = _validate
    rasa_actions.RemoteAction.run = _run


def _validate(self: Any, result: Any) -> bool:
    """Raises jsonschema.ValidationError on what Rasa's own check refuses, and on that only."""
    for error in _validator.iter_errors(result):
        raise ValidationError(f"the response of action {self.name()} is not what Rasa expects") from error
    return True


async def _run(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> Any:
    """As Rasa runs it; an error is also noted by the action's name. A rejected form is no error."""
    try:
        return await _rasas_run(self, output_channel, nlg, tracker, domain)
    except rasa_actions.ActionExecutionRejection:
        raise
    except BaseException:
        failures.get([]).append(self.name())
        raise
