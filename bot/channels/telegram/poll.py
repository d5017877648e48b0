"""Long polling: fetch, store, and only then ask for what comes after. A process that dies in between loses nothing."""

import logging
from asyncio import sleep

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.connect import ALLOWED_UPDATES, flood_pause
from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.intake import OUR_TROUBLE, Intake

log = logging.getLogger(__name__)

WAITS = 30
"""Seconds that Telegram holds a question for updates open when there are none."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


class TokenRefused(Exception):
    """Telegram does not know TREDE_TELEGRAM_TOKEN: it was mistyped or revoked, or TREDE_TELEGRAM_API_URL is wrong."""


class Poller:
    """One a bot: Telegram refuses a second one."""

    def __init__(self, door: TelegramDoor, bot: Bot, waits: int = WAITS) -> None:
        self.bot = bot
        self.waits = waits
        self.intake = Intake(door, bot, bot_number(bot))
        self.offset: int | None = None
        """Telling it to Telegram takes everything before it away there: it only moves when all of that is stored."""
        self._webhook_gone = False
        self._trouble: str | None = None

    async def run(self) -> None:
        """Until cancelled. Raises TokenRefused; everything else passes, or is mended while we try again."""
        pause = FIRST_PAUSE
        try:
            while True:
                try:
                    await self.step()
                except InvalidToken:
                    # Not chained: the library puts the token itself into some of its messages.
                    raise TokenRefused(TokenRefused.__doc__) from None
                except (TelegramError, *OUR_TROUBLE) as error:
                    self._tell_once(error)
                    await sleep(max(pause, flood_pause(error)))
                    pause = min(pause * 2, LONGEST_PAUSE)
                else:
                    self._tell_recovery()
                    pause = FIRST_PAUSE
        finally:
            await self.intake.finish()

    async def step(self) -> None:
        """One question for updates."""
        if not self._webhook_gone:
            # As long as one is set, Telegram answers no questions. What waits there stays and comes to us.
            await self.bot.delete_webhook()
            self._webhook_gone = True
        updates = await self.bot.get_updates(self.offset, timeout=self.waits, allowed_updates=ALLOWED_UPDATES)
        await self.intake.take_in(updates)
        if updates:
            self.offset = updates[-1].update_id + 1

    def _tell_once(self, error: Exception) -> None:
        why = type(error).__name__
        if why == self._trouble:
            return
        self._trouble = why
        if isinstance(error, Conflict):
            log.error(
                "another process polls with this token, or somebody set a webhook: only one may", extra={"why": why}
            )
        elif isinstance(error, TelegramError):
            log.warning("telegram cannot be reached", extra={"why": why})
        else:
            log.error("what telegram brought cannot be stored; it stays there", extra={"why": why})

    def _tell_recovery(self) -> None:
        if self._trouble is not None:
            log.info("telegram is back")
            self._trouble = None


def bot_number(bot: Bot) -> int:
    """The number of the bot stands before the colon of its token; asking Telegram for it would need Telegram."""
    return int(bot.token.partition(":")[0])
