"""The HTTP side of the fake Bot API: one route, a small function a method."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.bot_api_updates import BOT

if TYPE_CHECKING:
    from tests.fakes.bot_api import Answer, BotApi

Method = Callable[["BotApi", dict[str, Any]], Awaitable[Any]]
PUSH_EVERY = 0.02


class Terminated(Exception):
    """Somebody else asks for updates with the same token."""


def serve(api: "BotApi") -> tuple[str, Callable[[], None]]:
    """Start on a free port; gives the base URL up to and including /bot, and how to stop."""
    # One that says it is TCP: without that asyncio leaves Nagle's delay on, and every answer comes 40 ms late.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    config = uvicorn.Config(
        _app(api), log_config=None, log_level="warning", ws="none", timeout_graceful_shutdown=1, loop="asyncio"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def stop() -> None:
        # Ends a question for updates that is still open.
        api.questions += 1
        server.should_exit = True
        thread.join(5)
        listening.close()

    return f"http://127.0.0.1:{listening.getsockname()[1]}/bot", stop


def _app(api: "BotApi") -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        pushing = asyncio.create_task(_push_to_webhook(api))
        yield
        pushing.cancel()

    async def endpoint(request: Request) -> Response:
        return await _answer(api, request)

    return Starlette(routes=[Route("/bot{token}/{method}", endpoint, methods=["GET", "POST"])], lifespan=lifespan)


async def _answer(api: "BotApi", request: Request) -> Response:
    if request.path_params["token"] != api.token:
        return _fault(401, "Unauthorized", {})
    method = request.path_params["method"]
    try:
        form = await request.form()
    except ClientDisconnect:
        # The bot was killed in the middle of its question: nobody hears the answer.
        return Response()
    parameters = {name: _value(str(value)) for name, value in form.items()}
    with api.lock:
        api.calls.append((method, parameters))
    ordered = api.answer_for(method, parameters)
    refusal = _refusal(api, method, ordered)
    if refusal is not None:
        return refusal
    try:
        result = await METHODS[method](api, parameters)
    except Terminated:
        return _fault(409, "Conflict: terminated by other getUpdates request", {})
    if ordered is not None:
        await asyncio.sleep(ordered.holds)
    return JSONResponse({"ok": True, "result": result})


def _refusal(api: "BotApi", method: str, ordered: "Answer | None") -> Response | None:
    if ordered is not None and ordered.status != 200:
        return _fault(ordered.status, ordered.description, ordered.parameters)
    if method not in METHODS:
        return _fault(404, "Not Found", {})
    if method == "getUpdates" and api.webhook.get("url"):
        return _fault(409, "Conflict: can't use getUpdates method while webhook is active", {})
    return None


def _fault(status: int, description: str, parameters: dict[str, Any]) -> Response:
    body = {"ok": False, "error_code": status, "description": description}
    return JSONResponse(body | ({"parameters": parameters} if parameters else {}), status)


def _value(text: str) -> Any:
    """Telegram takes numbers, lists and objects as JSON inside a form."""
    return json.loads(text) if text[:1] in "[{" or text.lstrip("-").isdigit() else text


async def _get_me(_api: "BotApi", _parameters: dict[str, Any]) -> Any:
    return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


async def _get_updates(api: "BotApi", parameters: dict[str, Any]) -> Any:
    """A newer question ends an older one that is still open, as at Telegram."""
    end = asyncio.get_running_loop().time() + min(parameters.get("timeout", 0), 50)
    api.questions += 1
    mine = api.questions
    while mine == api.questions:
        found = api.updates.from_offset(parameters.get("offset", 0), parameters.get("limit", 100))
        if found or asyncio.get_running_loop().time() >= end:
            return found
        await asyncio.sleep(0.01)
    raise Terminated


async def _send_message(api: "BotApi", parameters: dict[str, Any]) -> Any:
    # Imported late: the other file needs `serve` to exist first.
    from tests.fakes.bot_api import Sent  # noqa: PLC0415

    chat_id, text = int(parameters["chat_id"]), str(parameters["text"])
    rows = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    units = text.encode("utf-16-le")
    bold = [units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2] for e in parameters.get("entities", [])]
    with api.lock:
        number = api.updates.next_message_id()
        buttons = tuple((button["text"], button["callback_data"]) for row in rows for button in row)
        api.messages.append(
            Sent(number, chat_id, text, buttons, tuple(b.decode("utf-16-le") for b in bold), parameters)
        )
    return {"message_id": number, "date": 0, "chat": {"id": chat_id, "type": "private"}, "from": BOT, "text": text}


async def _set_webhook(api: "BotApi", parameters: dict[str, Any]) -> Any:
    api.webhook = parameters
    return True


async def _delete_webhook(api: "BotApi", _parameters: dict[str, Any]) -> Any:
    api.webhook = {}
    return True


async def _get_webhook_info(api: "BotApi", _parameters: dict[str, Any]) -> Any:
    return {
        "url": api.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates.waiting),
    }


async def _yes(_api: "BotApi", _parameters: dict[str, Any]) -> Any:
    return True


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "sendMessage": _send_message,
    "answerCallbackQuery": _yes,
    "leaveChat": _yes,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}


async def _push_to_webhook(api: "BotApi") -> None:
    """As Telegram does: the oldest update again and again, until the answer is 2xx."""
    async with httpx.AsyncClient() as client:
        while True:
            await asyncio.sleep(PUSH_EVERY)
            url, waiting = api.webhook.get("url"), list(api.updates.waiting)
            if not url or not waiting:
                continue
            headers = {"X-Telegram-Bot-Api-Secret-Token": str(api.webhook.get("secret_token", ""))}
            with contextlib.suppress(httpx.TransportError):
                if (await client.post(url, json=waiting[0], headers=headers)).is_success:
                    api.updates.confirm(waiting[0]["update_id"])
