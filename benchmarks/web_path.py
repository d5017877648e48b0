"""Our whole path from outside: `trede run` in a process of its own, and a form posted to the web chat.

Without JavaScript the page that comes back is sent off when the answer is in the database: that moment is measured.
"""

import re
import secrets
from typing import Self

import aiohttp
from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import aliased

from benchmarks.ground import SLUG, Ground, free_port
from benchmarks.rasas import names, start_rasas
from cli.rasa_environment import rasa_environment
from cli.settings import ROOT
from db.models import Message
from services.masking import mask
from services.tidy import tidy

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


class WebPath:
    """`ask` begins with the post and ends when the answer to it is there."""

    name = "ours"

    def __init__(self, ground: Ground, rasas: int = 1) -> None:
        self.ground, self.rasas = ground, rasas
        self._residents: dict[str, tuple[aiohttp.ClientSession, dict[str, str]]] = {}
        self._typed: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        actions_port, self._port = free_port(), free_port()
        actions_url = f"http://127.0.0.1:{actions_port}/webhook"
        urls = await run_sync(start_rasas, self.ground, self.rasas, actions_url)
        settings = self.ground.wiring.settings
        environment = rasa_environment() | {
            "TREDE_DATA_DIR": str(settings.data_dir), "TREDE_DATABASE_URL": settings.database_url,
            "TREDE_ACTIONS_PORT": str(actions_port), "TREDE_RASA_URL": urls, "PORT": str(self._port),
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        self.ground.start("trede", [str(ROOT / ".venv" / "bin" / "trede"), "run"], environment)
        await run_sync(self.ground.wait_for, "trede", f"http://127.0.0.1:{self._port}/readyz")
        return self

    async def __aexit__(self, *_error: object) -> None:
        for browser, _ in self._residents.values():
            await browser.close()

    async def arrive(self, resident: str) -> None:
        """Open the page, which is not part of the time of a line."""
        if resident not in self._residents:
            browser = aiohttp.ClientSession(
                f"http://127.0.0.1:{self._port}", cookie_jar=aiohttp.CookieJar(unsafe=True), raise_for_status=True
            )
            async with browser.get(f"/{SLUG}") as page:
                self._residents[resident] = browser, dict(HIDDEN.findall(await page.text()))

    async def ask(self, resident: str, text: str) -> None:
        browser, fields = self._residents[resident]
        self._typed[mask(tidy(text)).text] = text
        form = fields | {"tekst": text, "nonce": secrets.token_hex(16)}
        async with browser.post(f"/{SLUG}/regel", data=form, allow_redirects=False) as answer:
            assert answer.status == 303, answer.status  # noqa: S101

    def answered(self) -> list[tuple[str, str]]:
        line, answer = aliased(Message), aliased(Message)
        query = select(line.text, answer.topic).join(answer, answer.in_reply_to == line.id)
        with self.ground.wiring.database.reading() as session:
            return [(self._typed[text], topic or "") for text, topic in session.execute(query)]

    def servers(self) -> list[int]:
        return [self.ground.servers[name].pid for name in ("trede", *names(self.rasas))]
