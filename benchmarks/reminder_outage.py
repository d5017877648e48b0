"""`python -m benchmarks.reminder_outage [--appointments 2000] [--workers 3] [--database postgresql]`: a day without us.

Appointments of the coming two days with their reminders. The workers are killed (-9) halfway through what is due, and
come back when their clock is 24 hours further. Told: what was still of use and came, what was not and became a task,
and what came after its appointment had begun (has to be nothing).
"""

import argparse
import time

from benchmarks.reminder_kills import open_new
from tests.agenda import build_town
from tests.builders import build_phrases
from tests.integration.reminding.outage import Outage, TimedBotApi


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--appointments", type=int, default=2000)
    asked.add_argument("--workers", type=int, default=3)
    asked.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    given = asked.parse_args()
    database, began = open_new(given.database), time.monotonic()
    with database.writing() as session:
        build_phrases(session)
        town = build_town(session)
    with TimedBotApi() as telegram:
        told = Outage(database, telegram, town, given.workers).run(given.appointments)
    print(
        f"{given.database}, {given.workers} workers, {given.appointments} appointments, {told.missed} missed: "
        f"{told.came} of {told.still_useful} useful came, {told.handed} of {told.over} over became tasks, "
        f"{told.after_its_begin} came after the begin, {told.twice} twice, {time.monotonic() - began:.0f} s"
    )
    database.close()


if __name__ == "__main__":
    main()
