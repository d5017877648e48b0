"""The connection to the Bot API: its addresses hold the token, so nothing that logs addresses may speak up."""

import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

OFFICIAL_API = "https://api.telegram.org/bot"
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")


@asynccontextmanager
async def open_bot(token: str, api_url: str = OFFICIAL_API) -> AsyncIterator[Bot]:
    """`api_url`: up to and including `/bot`. Does not call Telegram yet."""
    keep_quiet()
    # The library is changing its seconds from numbers to time spans, and warns as long as nobody chooses.
    os.environ["PTB_TIMEDELTA"] = "true"
    ordinary = CarefulRequest(connection_pool_size=40, pool_timeout=10)
    polling = CarefulRequest(connection_pool_size=1)
    bot = Bot(token, base_url=api_url, request=ordinary, get_updates_request=polling)
    try:
        yield bot
    finally:
        await ordinary.shutdown()
        await polling.shutdown()


def keep_quiet() -> None:
    """httpx writes every address, with the token in it; the library writes what residents said."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)


class CarefulRequest(HTTPXRequest):
    """Reads answers without writing them to the log, and takes out updates that the library cannot read.

    One such update would otherwise make the library refuse the whole batch, again and again.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise TelegramError("Invalid server response") from error
        result = answer.get("result")
        if isinstance(result, list):
            answer["result"] = [_readable(item) for item in result]
        return answer


def _readable(item: Any) -> Any:
    """The update itself, or only its number: enough to go on behind it."""
    if not isinstance(item, dict) or not isinstance(item.get("update_id"), int):
        return item
    try:
        Update.de_json(item)
    except Exception:
        log.error("update cannot be read", extra={"update": item["update_id"]})
        return {"update_id": item["update_id"]}
    return item


def flood_pause(error: Exception) -> float:
    """Seconds that Telegram asks us to wait; 0 when it does not ask."""
    if not isinstance(error, RetryAfter):
        return 0.0
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
