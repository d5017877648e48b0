"""Telegram in a process: which municipality it serves, and whether updates are fetched or posted to us."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.routing import BaseRoute
from telegram import Bot

from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poll import Poller, TokenRefused, bot_number
from bot.channels.telegram.send import TelegramSender
from bot.channels.telegram.webhook import Webhook, hold_webhook, webhook_route
from bot.deliver import Deliverer
from cli.settings import SettingWrong
from cli.wiring import Wiring, now
from db.models import Channel, Municipality
from services.municipalities import find_municipality, list_municipalities

log = logging.getLogger(__name__)


@dataclass
class Telegram:
    """One bot for one municipality. Open it only where a token is set."""

    wiring: Wiring
    bot: Bot
    town: Municipality
    door: TelegramDoor

    @property
    def by_webhook(self) -> bool:
        """Posted to us when we have a public address and a secret to know Telegram by; fetched otherwise."""
        settings = self.wiring.settings
        return bool(settings.telegram_webhook_secret and settings.public_url)

    @property
    def deliverer(self) -> Deliverer:
        senders = {Channel.TELEGRAM: TelegramSender({self.town.id: self.bot})}
        return Deliverer(self.wiring.database, self.wiring.keys, now, senders, self.wiring.settings.public_url)

    async def listen(self, alone: bool) -> None:
        """Take lines in until cancelled. A refused token ends the process only when it does nothing else."""
        try:
            await (self._hold_webhook() if self.by_webhook else Poller(self.door, self.bot).run())
        except TokenRefused as error:
            if alone:
                raise
            log.error("telegram is off", extra={"why": type(error).__name__})
            await asyncio.Event().wait()

    async def _hold_webhook(self) -> None:
        settings = self.wiring.settings
        await hold_webhook(self.bot, settings.public_url, self.town.slug, settings.telegram_webhook_secret)

    def routes(self) -> list[BaseRoute]:
        if not self.by_webhook:
            return []
        intake = Intake(self.door, self.bot, bot_number(self.bot))
        return [webhook_route({self.town.slug: Webhook(intake, self.wiring.settings.telegram_webhook_secret)})]


@contextlib.asynccontextmanager
async def open_telegram(wiring: Wiring, wake: Callable[[int], None]) -> AsyncIterator[Telegram]:
    """Raises SettingWrong when no municipality may be on it."""
    settings = wiring.settings
    town = town_on_telegram(wiring)
    async with open_bot(settings.telegram_token, settings.telegram_api_url) as bot:
        door = TelegramDoor(wiring.database, wiring.keys, now, town.slug, wake)
        yield Telegram(wiring, bot, town, door)


def town_on_telegram(wiring: Wiring) -> Municipality:
    """The one that is named; else the first that has it switched on; else the first example. A real one chooses."""
    with wiring.database.reading() as session:
        if wiring.settings.telegram_municipality:
            return find_municipality(session, wiring.settings.telegram_municipality)
        towns = list_municipalities(session)
        on = [town for town in towns if (town.settings.get("channels") or {}).get("telegram")]
        chosen = on or [town for town in towns if town.example]
    if not chosen:
        raise SettingWrong("TREDE_TELEGRAM_TOKEN: no municipality has Telegram switched on (channels.telegram)")
    return chosen[0]
