"""A process that polls and delivers, for the tests that kill it: `python -m ... database_url api_url token slug`."""

import asyncio
import sys
from datetime import UTC, datetime

from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.poll import Poller
from bot.channels.telegram.send import TelegramSender
from bot.deliver import Deliverer
from db.models import Channel
from db.session import Database
from services.municipalities import find_municipality
from tests.builders import build_keys


async def main(database_url: str, api_url: str, token: str, slug: str) -> None:
    database, keys = Database(database_url), build_keys()
    with database.reading() as session:
        town = find_municipality(session, slug).id
    async with open_bot(token, api_url) as bot, asyncio.TaskGroup() as tasks:
        deliverer = Deliverer(database, keys, _now, {Channel.TELEGRAM: TelegramSender({town: bot})})
        door = TelegramDoor(database, keys, _now, slug, lambda _: deliverer.wake())
        tasks.create_task(deliverer.run())
        tasks.create_task(Poller(door, bot, waits=1).run())


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
