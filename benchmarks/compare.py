"""Two sides in one run, in turns, so that whatever else the machine does hits both; told as ratios and spread."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

from benchmarks.costs import cpu_seconds
from benchmarks.sides import Side

LINES_EACH = 8
"""Lines of one resident in one conversation; then a new resident comes, and a new conversation begins."""
RESAMPLED = 2000


@dataclass(frozen=True)
class Spread:
    """`low` to `high`: 95 in 100 resamplings of the pairs."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Paired:
    """One number a pair for each side; smaller is better."""

    ours: list[float]
    plain: list[float]

    def ratio(self, of: Callable[[Sequence[float]], float] = statistics.fmean) -> Spread:
        chance, places = random.Random(1), range(len(self.ours))
        found = []
        for _ in range(RESAMPLED):
            drawn = chance.choices(places, k=len(places))
            found.append(of([self.ours[n] for n in drawn]) / of([self.plain[n] for n in drawn]))
        found.sort()
        edge = RESAMPLED // 40
        return Spread(of(self.ours) / of(self.plain), found[edge], found[-edge - 1])


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


async def one_by_one(ours: Side, plain: Side, texts: Sequence[str], pairs: int) -> Paired:
    """Seconds a message, one at a time: the same question to both, who goes first changes every time."""
    times: dict[str, list[float]] = {ours.name: [], plain.name: []}
    for number, text in zip(range(pairs), cycle(texts), strict=False):
        resident = f"one-{number // LINES_EACH}"
        for side in (ours, plain) if number % 2 else (plain, ours):
            await side.arrive(resident)
            started = time.perf_counter()
            await side.ask(resident, text)
            times[side.name].append(time.perf_counter() - started)
    return Paired(times[ours.name], times[plain.name])


@dataclass(frozen=True)
class Together:
    """`seconds` and `cpu`: a message, of each block of many residents at once; `alone`: seconds one resident waits."""

    seconds: Paired
    cpu: Paired
    waited: Paired


async def all_at_once(ours: Side, plain: Side, texts: Sequence[str], residents: int, blocks: int) -> Together:
    """Blocks in turns; in each, `residents` ask their lines side by side, each in a conversation of its own."""
    found: dict[str, list[list[float]]] = {ours.name: [[], [], []], plain.name: [[], [], []]}
    questions = cycle(texts)
    for block in range(blocks):
        asked = [[next(questions) for _ in range(LINES_EACH)] for _ in range(residents)]
        for side in (ours, plain) if block % 2 else (plain, ours):
            seconds, cpu, waits = await _block(side, f"{residents}-{block}", asked)
            for place, value in enumerate((seconds, cpu, statistics.fmean(waits))):
                found[side.name][place].append(value)
    return Together(*(Paired(found[ours.name][place], found[plain.name][place]) for place in range(3)))


async def _block(side: Side, name: str, asked: list[list[str]]) -> tuple[float, float, list[float]]:
    waits: list[float] = []

    async def live(number: int, lines: list[str]) -> None:
        for text in lines:
            asking = time.perf_counter()
            await side.ask(f"{name}-{number}", text)
            waits.append(time.perf_counter() - asking)

    for number in range(len(asked)):
        await side.arrive(f"{name}-{number}")
    used, started = _used(side), time.perf_counter()
    await asyncio.gather(*(live(number, lines) for number, lines in enumerate(asked)))
    seconds, messages = time.perf_counter() - started, len(waits)
    return seconds / messages, (_used(side) - used) / messages, waits


def _used(side: Side) -> float:
    """Processor time of its servers and of this process, in which our own path and both clients live."""
    return sum(os.times()[:2]) + cpu_seconds(*side.servers())
