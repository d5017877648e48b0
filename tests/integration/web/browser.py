"""A browser without JavaScript: it reads a page, fills in the form that stands there, and posts it."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape

import httpx
from starlette.types import ASGIApp

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TEXT = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)


class Client:
    """A client on the event loop of the test: what a request leaves running goes on with the next."""

    def __init__(self, app: ASGIApp, runner: asyncio.Runner, scheme: str) -> None:
        self._runner = runner
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=f"{scheme}://chat.test")
        self.cookies = self._client.cookies

    def get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        return self._runner.run(self._client.get(path, params=params))

    def post(self, path: str, data: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        return self._runner.run(self._client.post(path, data=data, headers=headers))


@dataclass
class Browser:
    client: Client
    slug: str = "voorbeeldstad"
    fields: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def get(self, path: str = "") -> httpx.Response:
        return self._keep(self.client.get(f"/{self.slug}{path}"))

    def send(
        self, text: str = "", htmx: bool = False, form: dict[str, str] | None = None, **more: str
    ) -> httpx.Response:
        """Post the form of the last page, or of an earlier one; `more` overrules or adds fields."""
        if not self.fields:
            self.get()
        headers = {"HX-Request": "true"} if htmx else {}
        return self.post("/regel", {**(form or self.fields), "tekst": text, **more}, headers)

    def press(self, seq: int, index: int, htmx: bool = False) -> httpx.Response:
        return self.send(htmx=htmx, keuze=f"{seq}:{index}")

    def post(self, path: str, data: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        response = self._keep(self.client.post(f"/{self.slug}{path}", data=data, headers=headers))
        if response.status_code == 303:
            self.get()
        return response

    @property
    def said(self) -> list[str]:
        """The texts of the messages on the page, without their markup."""
        found = re.findall(r'class="bel__tekst"[^>]*>(.*?)</div>', self.page, re.DOTALL)
        return [unescape(re.sub("<[^>]+>", "", text)) for text in found]

    @property
    def typed(self) -> str:
        """What stands in the input; as in a browser, the first line break does not count."""
        found = TEXT.search(self.page)
        return unescape(found.group(1)).removeprefix("\n") if found else ""

    def _keep(self, response: httpx.Response) -> httpx.Response:
        if response.headers.get("content-type", "").startswith("text/html"):
            self.page = response.text
            self.fields = dict(HIDDEN.findall(response.text)) or self.fields
        return response
