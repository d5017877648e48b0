"""Telegram posts to us: who may, and what becomes of it."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.channels.telegram import store, webhook
from bot.channels.telegram.webhook import Webhook, hold_webhook, set_webhook, webhook_route
from tests.fakes.bot_api import BotApi
from tests.integration.telegram.conftest import Office

pytestmark = pytest.mark.anyio

SECRET = "a-secret_of-the-webhook-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
HERE = ("https://trede.example/", "voorbeeldstad")
OURS = "https://trede.example/telegram/voorbeeldstad"
RIGHT = {HEADER: SECRET}


@pytest.fixture
async def web(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    routes = [webhook_route({"voorbeeldstad": Webhook(office.poller.intake, SECRET)})]
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="https://trede.example") as client:
        yield client


def update(telegram: BotApi, text: str = "hallo") -> dict[str, Any]:
    return {"update_id": 5, "message": telegram.updates.message(7, text=text)}


async def test_a_posted_line_is_stored_and_wakes(office: Office, telegram: BotApi, web: httpx.AsyncClient) -> None:
    response = await web.post("/telegram/voorbeeldstad", json=update(telegram), headers=RIGHT)
    assert response.status_code == 200
    assert office.lines() == ["hallo"]
    assert len(office.woken) == 1


async def test_posted_twice_is_stored_once(office: Office, telegram: BotApi, web: httpx.AsyncClient) -> None:
    same = update(telegram)
    for _ in range(2):
        assert (await web.post("/telegram/voorbeeldstad", json=same, headers=RIGHT)).status_code == 200
    assert office.lines() == ["hallo"]


WRONG: dict[str, list[tuple[bytes, bytes]]] = {
    "missing": [],
    "empty": [(HEADER.encode(), b"")],
    "wrong": [(HEADER.encode(), SECRET[:-1].encode() + b"x")],
    "too short": [(HEADER.encode(), SECRET[:-1].encode())],
    "too long": [(HEADER.encode(), SECRET.encode() + b"x")],
    "not ascii": [(HEADER.encode(), "gehéim".encode("latin-1"))],
    "twice": [(HEADER.encode(), SECRET.encode())] * 2,
    "right and wrong": [(HEADER.encode(), SECRET.encode()), (HEADER.encode(), b"x")],
}


@pytest.mark.parametrize("case", WRONG)
async def test_without_the_secret_nothing_happens(
    office: Office, telegram: BotApi, web: httpx.AsyncClient, case: str
) -> None:
    response = await web.post("/telegram/voorbeeldstad", json=update(telegram), headers=WRONG[case])
    assert (response.status_code, response.content) == (403, b"")
    assert office.messages() == []


async def test_five_hundred_guesses_find_nothing(office: Office, web: httpx.AsyncClient) -> None:
    for _ in range(500):
        response = await web.post("/telegram/voorbeeldstad", headers={HEADER: secrets.token_urlsafe(25)}, json={})
        assert response.status_code == 403


async def test_another_municipality_looks_like_a_wrong_secret(telegram: BotApi, web: httpx.AsyncClient) -> None:
    response = await web.post("/telegram/elders", json=update(telegram), headers=RIGHT)
    assert (response.status_code, response.content) == (403, b"")


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b"null", b'{"update_id": "x"}', b'{"update_id": 1, "message": 3}', b"[" * 60_000]
)
async def test_what_cannot_be_read_is_answered_200_so_that_it_does_not_come_again(
    office: Office, web: httpx.AsyncClient, body: bytes
) -> None:
    response = await web.post("/telegram/voorbeeldstad", content=body, headers=RIGHT)
    assert response.status_code == 200
    assert office.messages() == []


async def test_the_longest_message_fits_and_more_does_not(
    office: Office, telegram: BotApi, web: httpx.AsyncClient
) -> None:
    longest = update(telegram, "\U0001f600" * 2_048) | {}
    assert (await web.post("/telegram/voorbeeldstad", json=longest, headers=RIGHT)).status_code == 200
    assert (await web.post("/telegram/voorbeeldstad", content=b"x" * 200_000, headers=RIGHT)).status_code == 413


async def test_when_we_cannot_store_telegram_keeps_it(
    office: Office, telegram: BotApi, web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(store, "_store", away)
    response = await web.post("/telegram/voorbeeldstad", json=update(telegram), headers=RIGHT)
    assert response.status_code == 503


async def test_telegram_is_told_where_to_post_and_with_which_secret(office: Office, telegram: BotApi) -> None:
    await set_webhook(office.bot, *HERE, SECRET)
    assert telegram.webhook == {
        "url": OURS,
        "secret_token": SECRET,
        "allowed_updates": ["message", "callback_query", "my_chat_member"],
    }


async def test_a_webhook_that_somebody_moved_is_told_and_set_again(
    office: Office, telegram: BotApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(webhook, "LOOK_EVERY", 0.01)
    holding = asyncio.create_task(hold_webhook(office.bot, *HERE, SECRET))
    await telegram.eventually(lambda: telegram.webhook)

    telegram.webhook = {"url": "https://thief.example/"}
    await telegram.eventually(lambda: telegram.webhook["url"] == OURS)

    holding.cancel()
    assert "the token may have leaked" in caplog.text


async def test_what_telegram_pushes_over_http_arrives_in_order(office: Office, telegram: BotApi) -> None:
    app = Starlette(routes=[webhook_route({"voorbeeldstad": Webhook(office.poller.intake, SECRET)})])
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="warning", ws="none"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    await set_webhook(office.bot, address, "voorbeeldstad", SECRET)

    for number in range(5):
        telegram.resident_writes(7, f"regel {number}")
    await telegram.eventually(lambda: not telegram.updates.waiting)

    server.should_exit = True
    await serving
    assert office.lines() == [f"regel {number}" for number in range(5)]


async def test_polling_takes_a_webhook_away_and_gets_what_waited(office: Office, telegram: BotApi) -> None:
    telegram.webhook = {"url": "http://127.0.0.1:9/nobody"}
    telegram.resident_writes(7, "hallo")
    await office.poll()
    assert office.lines() == ["hallo"]
