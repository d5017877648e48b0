"""A browser of somebody of the staff: it keeps its cookie, and posts the token of its session along."""

import asyncio
from dataclasses import dataclass

import httpx
from starlette.types import ASGIApp

from portal.cookie import csrf_of
from services.keys import Keys

COOKIE = "trede_staf"


@dataclass
class StaffBrowser:
    client: httpx.AsyncClient
    runner: asyncio.Runner
    keys: Keys

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.runner.run(self.client.get(f"/portal{path}", headers=headers))

    def post(
        self, path: str, data: dict[str, str] | None = None, headers: dict[str, str] | None = None, csrf: bool = True
    ) -> httpx.Response:
        fields = {"csrf": self.csrf} if csrf else {}
        return self.runner.run(self.client.post(f"/portal{path}", data=fields | (data or {}), headers=headers))

    def ask(self, method: str, path: str) -> httpx.Response:
        return self.runner.run(self.client.request(method, f"/portal{path}"))

    @property
    def token(self) -> str:
        return self.client.cookies.get(COOKIE) or ""

    def use(self, token: str) -> None:
        self.client.cookies.set(COOKIE, token, domain="staff.test", path="/")

    @property
    def csrf(self) -> str:
        return csrf_of(self.keys, self.token)


def open_browser(app: ASGIApp, runner: asyncio.Runner, keys: Keys, token: str = "", address: str = "") -> StaffBrowser:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address or "127.0.0.1", 40_000))
    client = httpx.AsyncClient(transport=transport, base_url="http://staff.test")
    browser = StaffBrowser(client, runner, keys)
    if token:
        browser.use(token)
    return browser
