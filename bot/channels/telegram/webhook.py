"""The other way in: Telegram posts each update to us. Stored exactly as when we ask for them."""

import hmac
import json
import logging
from asyncio import sleep
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.connect import ALLOWED_UPDATES
from bot.channels.telegram.intake import OUR_TROUBLE, Intake
from bot.channels.telegram.poll import LONGEST_PAUSE, TokenRefused

log = logging.getLogger(__name__)

LOOK_EVERY = 300.0
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  the name of a header
LARGEST = 128 * 1024
"""Bytes: twice the longest message, the second one quoted in it, with every letter written as an escape."""


class TooLarge(Exception):
    """A body of more bytes than an update can have."""


@dataclass(frozen=True)
class Webhook:
    """One a municipality. `secret`: 1 to 256 of A-Z, a-z, 0-9, _ and -."""

    intake: Intake
    secret: str


def webhook_route(webhooks: Mapping[str, Webhook]) -> Route:
    """`webhooks` by slug of the municipality."""

    async def take(request: Request) -> Response:
        webhook = webhooks.get(request.path_params["slug"])
        # Who does not know the secret learns nothing, not even which municipalities there are.
        if webhook is None or not _knows_secret(request, webhook.secret):
            return Response(status_code=403)
        try:
            update = _update(await _body(request))
        except TooLarge:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        return await _store(webhook.intake, update)

    return Route("/telegram/{slug}", take, methods=["POST"])


async def hold_webhook(bot: Bot, public_url: str, slug: str, secret: str) -> None:
    """Set it, and see every five minutes that it still stands. Until cancelled; raises TokenRefused."""
    stands = False
    while True:
        try:
            if stands and not await webhook_is_ours(bot, public_url, slug):
                log.error("somebody else moved the webhook: the token may have leaked")
                stands = False
            if not stands:
                await set_webhook(bot, public_url, slug, secret)
                stands = True
        except InvalidToken:
            raise TokenRefused(TokenRefused.__doc__) from None
        except TelegramError as error:
            log.warning("telegram cannot be reached", extra={"why": type(error).__name__})
        await sleep(LOOK_EVERY if stands else LONGEST_PAUSE)


async def set_webhook(bot: Bot, public_url: str, slug: str, secret: str) -> None:
    """Tell Telegram where to post. Updates that wait there are kept and posted."""
    await bot.set_webhook(_address(public_url, slug), secret_token=secret, allowed_updates=ALLOWED_UPDATES)


async def webhook_is_ours(bot: Bot, public_url: str, slug: str) -> bool:
    """False when somebody else set another address: they have the token, and get what residents write."""
    return (await bot.get_webhook_info()).url == _address(public_url, slug)


def _address(public_url: str, slug: str) -> str:
    return f"{public_url.rstrip('/')}/telegram/{slug}"


def _knows_secret(request: Request, secret: str) -> bool:
    given = request.headers.getlist(SECRET_HEADER)
    if len(given) != 1 or not secret:
        return False
    # As bytes: compare_digest refuses text with letters outside ASCII, and anybody may send those.
    return hmac.compare_digest(given[0].encode("latin-1"), secret.encode())


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooLarge
    return body


def _update(body: bytes) -> Update | None:
    """None when it is not an update in a form we know."""
    try:
        content: Any = json.loads(body)
        if not isinstance(content, dict) or not isinstance(content.get("update_id"), int):
            return None
        return Update.de_json(content)
    except Exception:
        return None


async def _store(intake: Intake, update: Update | None) -> Response:
    if update is None:
        # Sending it again would not make it readable: 200, so that Telegram goes on to the next.
        return Response(status_code=200)
    try:
        await intake.take_in([update])
    except OUR_TROUBLE:
        return Response(status_code=503, headers={"Retry-After": "5"})
    return Response(status_code=200)
