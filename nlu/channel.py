"""The one way into a serving model: `trede`, for our own web process, with a token on every call."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

import journal
from serving import stores, turn
from serving.health import Health


class TredeChannel(InputChannel):  # type: ignore[misc]
    """POST /webhooks/trede/webhook, POST /webhooks/trede/forget and GET /webhooks/trede/health."""

    def __init__(self, token: str, health: Health, payloads: frozenset[str]) -> None:
        self._token = token.encode()
        self._health = health
        self._payloads = payloads

    @classmethod
    def name(cls) -> str:
        return turn.CHANNEL

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's callback is left aside: it would answer a repeated line once more."""
        blueprint = Blueprint("trede_webhook")

        @blueprint.post("/webhook")  # functions, because Sanic writes attributes on them
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        @blueprint.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            return await self._forget(request)

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return await self._tell_health(request)

        return blueprint

    async def _tell_health(self, request: Request) -> HTTPResponse:
        if not self._may(request):
            return empty(401)
        told, remembers = self._health.as_dict(), await stores.is_there(request.app.ctx.agent.lock_store)
        return json({**told, "ready": told["ready"] and remembers, "remembers": remembers})

    async def _forget(self, request: Request) -> HTTPResponse:
        """Delete all that is remembered of a conversation; one nobody knows is forgotten already."""
        if not self._may(request):
            return empty(401)
        conversation = read_conversation(request)
        if conversation is None:
            return json({"error": "not_a_conversation"}, status=400)
        await turn.forget(request.app.ctx.agent, conversation)
        return empty(204)

    async def _webhook(self, request: Request) -> HTTPResponse:
        """400: not a line; 503: the canaries have not sung, or the memory is away; 500: Rasa itself broke down."""
        if not self._may(request):
            return empty(401)
        line = read_line(request)
        if line is None:
            return json({"error": "not_a_line"}, status=400)
        if not self._health.ready:
            return json({"error": "not_ready"}, status=503)
        try:
            return json(self._reply(await turn.take(request.app.ctx.agent, line, self._payloads)))
        except Exception as error:  # the door: whatever breaks, the caller hears it in our words
            journal.failure("turn_failed", error, conversation=line.conversation, line=line.id)
            # Without its memory it answers nothing; the line is kept by whoever asks, as when Rasa itself is away.
            return json({"error": "turn_failed"}, status=503 if stores.is_away(error) else 500)

    def _reply(self, taken: turn.Turn) -> dict[str, Any]:
        reply = {"parse": taken.parse, "messages": taken.messages, "model": self._health.model, "form": taken.form}
        return {**reply, "action_failed": True} if taken.action_failed else reply

    def _may(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(token.encode(), self._token)


def read_line(request: Request) -> turn.Line | None:
    """The line in a request's body, or None if it is not one."""
    try:
        body = request.json
        line = turn.Line(
            conversation=str(body["conversation"]),
            id=str(body["line"]),
            text=body["text"],
            payload=body.get("payload") is True,
            metadata=body.get("metadata") or {},
        )
    except Exception:  # Sanic raises its own error for bad JSON; a list or a number raises others
        return None
    sound = isinstance(line.text, str) and isinstance(line.metadata, dict) and line.conversation and line.id
    return line if sound else None


def read_conversation(request: Request) -> str | None:
    """The name of the conversation in a request's body, or None if there is none."""
    try:
        conversation = request.json["conversation"]
    except Exception:
        return None
    return conversation if isinstance(conversation, str) and conversation else None
