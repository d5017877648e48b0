"""Two hundred residents at once for one time, and two hundred moves and cancellations that cross, many times over.

    .venv/bin/python -m benchmarks.booking_races sqlite
    .venv/bin/python -m benchmarks.booking_races postgresql --runs 20 --residents 200 --processes 2

It ends with 1 when anything else happened than one holder a time.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ground import address_of
from db.migrate import upgrade
from db.session import Database
from tests.booking_races import (
    BEGINS_AFTER,
    DONE,
    Crowd,
    Try,
    all_for_one,
    build_stage,
    crossing,
    crowd,
    double_bookings,
    lost_or_doubled,
)

EXPECTED = {DONE, "SlotTaken", "ChangedMeanwhile"}


class Tally:
    """What all runs of one kind gave together."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ended: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.wrong: list[str] = []

    def note(self, ended: Counter[tuple[str, str]], seconds: float, *wrong: str) -> None:
        self.seconds.append(seconds)
        self.wrong += [one for one in wrong if one]
        for (_, outcome), number in ended.items():
            self.ended[outcome] += number
            if outcome not in EXPECTED:
                self.wrong.append(f"{number} x {outcome}")

    def line(self) -> str:
        told = ", ".join(f"{outcome} {number}" for outcome, number in sorted(self.ended.items()))
        took = f"median {statistics.median(self.seconds):.1f} s, at most {max(self.seconds):.1f} s"
        return f"| {self.name} | {len(self.seconds)} | {told} | {took} | {'; '.join(self.wrong) or 'nothing wrong'} |"


def one_time(database: Database, people: Crowd, run: int, residents: int, tally: Tally) -> None:
    with database.writing() as session:
        stage = build_stage(session, f"een-tijd-{run}", residents)
    ended, seconds = _rush(people, all_for_one(stage))
    winners = ended["book", DONE]
    tally.note(ended, seconds, f"{winners} winners" if winners != 1 else "", _doubles(database))


def crossings(database: Database, people: Crowd, run: int, residents: int, tally: Tally) -> None:
    with database.writing() as session:
        stage = build_stage(session, f"kruisend-{run}", residents // 2)
        tries = crossing(session, stage, random.Random(run))
    ended, seconds = _rush(people, tries)
    with database.reading() as session:
        lost = lost_or_doubled(session, tries)
    fates = ended["move", DONE] + ended["cancel", DONE]
    tally.note(
        ended,
        seconds,
        _doubles(database),
        f"{lost} lost or doubled" if lost else "",
        f"{fates} fates" if fates != residents // 2 else "",
    )


def _rush(people: Crowd, tries: Sequence[Try]) -> tuple[Counter[tuple[str, str]], float]:
    begin = time.monotonic()
    return people.rush(tries), time.monotonic() - begin - BEGINS_AFTER


def _doubles(database: Database) -> str:
    with database.reading() as session:
        found = double_bookings(session)
    return f"{found} double bookings" if found else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", choices=("sqlite", "postgresql"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--residents", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trede-benchmark-"))
    tallies = Tally(f"{asked.residents} for one time"), Tally(f"{asked.residents} moves and cancellations")
    with address_of(asked.database, folder) as address:
        database = Database(address)
        upgrade(database.engine)
        with crowd(address, asked.processes) as people:
            for run in range(asked.runs):
                one_time(database, people, run, asked.residents, tallies[0])
                crossings(database, people, run, asked.residents, tallies[1])
        database.close()
    shutil.rmtree(folder)
    print("| | runs | ended | from the start to the last | |\n|---|---|---|---|---|")
    print("\n".join(tally.line() for tally in tallies))
    raise SystemExit(1 if any(tally.wrong for tally in tallies) else 0)


if __name__ == "__main__":
    main()
