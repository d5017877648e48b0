"""A worker that says and sends reminders and kills itself at a step, for who wants to see what is left of it:

`python -m ... database_url api_url token slug name step nth began`. `step`: one of STEPS, or anything else for never;
`nth`: which time that it comes there. `began`: the second that counts as ten in the morning of DAY.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from benefits.figures import load_figures
from bot.channels.telegram.connect import open_bot
from bot.channels.telegram.send import TelegramSender
from bot.deliver import Deliverer
from cli.reminding import Reminding
from db.models import Channel
from db.session import Database
from services.municipalities import find_municipality
from services.outbox import DueMessage
from tests.builders import build_keys

STEPS = ("before claim", "after claim", "after send", "after commit")
DAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LOOKS_EVERY = 0.2


@dataclass
class Death:
    step: str
    times_left: int

    def at(self, step: str) -> None:
        if step == self.step:
            self.times_left -= 1
            if self.times_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class DeadlySaying(Reminding):
    death: Death | None = None

    def _claim(self) -> list[int]:
        return dying(self.death, super()._claim)


@dataclass
class DeadlySending(Deliverer):
    death: Death | None = None

    def _claim(self, limit: int, reminders: bool) -> list[DueMessage]:
        return dying(self.death, partial(super()._claim, limit, reminders)) if reminders else []

    def _settle_sent(self, due: DueMessage) -> None:
        if self.death is not None:
            self.death.at("after send")
        super()._settle_sent(due)
        if self.death is not None:
            self.death.at("after commit")


def dying[T](death: Death | None, claim: Callable[[], list[T]]) -> list[T]:
    if death is not None:
        death.at("before claim")
    claimed = claim()
    if claimed and death is not None:
        death.at("after claim")
    return claimed


async def main(url: str, api_url: str, token: str, slug: str, name: str, step: str, nth: str, began: str) -> None:
    def clock() -> datetime:
        return DAY + timedelta(seconds=time.time() - float(began))

    database, keys, death = Database(url), build_keys(), Death(step, int(nth))
    with database.reading() as session:
        town = find_municipality(session, slug).id
    async with open_bot(token, api_url) as bot, asyncio.TaskGroup() as tasks:
        sender = TelegramSender({town: bot})
        sending = DeadlySending(database, keys, clock, {Channel.TELEGRAM: sender}, name=name, death=death)
        saying = DeadlySaying(database, load_figures(), clock, lambda _: sending.wake(), name=name, death=death)
        tasks.create_task(sending.run())
        while True:
            await saying.say_due()
            await asyncio.sleep(LOOKS_EVERY)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
