"""Rasa's call to the action server: five seconds, an open connection, a quick check of the answer, failures noted.

Rasa 3.6.21 swallows a failing action; we want to know, so that the turn can be undone and told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp
import rasa.core.actions.action as rasa_actions
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.utils.endpoints import EndpointConfig

TIMEOUT = 5  # seconds
IDLE = 3  # seconds that a connection is kept; shorter than the action server keeps it (five)

# The names of the actions that failed in this turn; each turn sets its own list.
failures: ContextVar[list[str]] = ContextVar("failures")

_rasas_run = rasa_actions.RemoteAction.run
_rasas_call = rasa_actions.RemoteAction._action_call_format
_schema = rasa_actions.RemoteAction.action_response_format_spec()
# Rasa checks the schema itself against its meta-schema at every response: 31 of 39 ms of a turn.
_validator = validator_for(_schema)(_schema)


def install() -> None:
    """Puts our changes into Rasa's RemoteAction; doing so twice changes nothing."""
    rasa_actions.DEFAULT_REQUEST_TIMEOUT = TIMEOUT
    rasa_actions.RemoteAction._validate_action_result = _validate
    rasa_actions.RemoteAction.run = _run
    rasa_actions.RemoteAction._action_call_format = _call


def _validate(self: Any, result: Any) -> bool:
    """Raises jsonschema.ValidationError on what Rasa's own check refuses, and on that only."""
    for error in _validator.iter_errors(result):
        raise ValidationError(f"the response of action {self.name()} is not what Rasa expects") from error
    return True


def _call(self: Any, tracker: Any, domain: Any) -> dict[str, Any]:
    """As Rasa writes it, but how a line was understood stands in it once, not with every earlier line as well."""
    call: dict[str, Any] = _rasas_call(self, tracker, domain)
    for event in call["tracker"]["events"]:
        event.pop("parse_data", None)
    return call


async def _run(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> Any:
    """As Rasa runs it; an error is also noted by the action's name. A rejected form is no error."""
    try:
        return await _rasas_run(self, output_channel, nlg, tracker, domain)
    except rasa_actions.ActionExecutionRejection:
        raise
    except BaseException:
        failures.get([]).append(self.name())
        raise


class KeptOpen(EndpointConfig):  # type: ignore[misc]
    """An endpoint whose connections stay open. Rasa opens a new one for every action."""

    _kept: aiohttp.ClientSession | None = None

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> KeptOpen:
        return cls(endpoint.url, headers=endpoint.headers, **endpoint.kwargs)

    async def request(self, *args: Any, **more: Any) -> Any:
        """As Rasa asks; once more when the connection turns out to be closed: actions only look things up."""
        try:
            return await super().request(*args, **more)
        except aiohttp.ServerDisconnectedError:
            return await super().request(*args, **more)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[aiohttp.ClientSession]:
        """Made at the first call, when the loop runs in which it lives, and not closed at the end of a call."""
        if self._kept is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=IDLE)
            self._kept = aiohttp.ClientSession(connector=connector)
        yield self._kept

    async def close(self) -> None:
        if self._kept is not None:
            await self._kept.close()
