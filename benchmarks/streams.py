"""What many open pages cost: streams of as many residents, and a line now and then in one of their conversations.

`.venv/bin/python -m benchmarks.streams --streams 200 --lines 200`
"""

import argparse
import asyncio
import random
import re
import time
from statistics import median, quantiles

import aiohttp

from benchmarks.costs import cpu_seconds, memory_mb
from benchmarks.ground import SLUG, laid
from benchmarks.questions import questions
from benchmarks.web_path import WebPath

CONNECT = re.compile(r'hx-sse:connect="([^"]+)"')
IDLE = 20.0
"""Seconds in which nobody writes."""
BETWEEN = 0.2


class Reader:
    """One open page: it notes when a message comes in."""

    def __init__(self) -> None:
        self.heard: list[float] = []
        self.came = asyncio.Event()

    async def follow(self, browser: aiohttp.ClientSession, address: str) -> None:
        async with browser.get(address, timeout=aiohttp.ClientTimeout(total=None)) as stream:
            async for line in stream.content:
                if line.startswith(b"id:"):
                    self.heard.append(time.perf_counter())
                    self.came.set()

    async def hears(self, number: int) -> float:
        """The moment of the message with that place since the page was opened."""
        while len(self.heard) < number:
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 30)
        return self.heard[number - 1]


async def measure(streams: int, lines: int) -> None:
    with laid("sqlite") as ground:
        texts = questions(ground)
        async with WebPath(ground) as path:
            servers = path.servers()
            for number in range(streams):
                await path.arrive(str(number))
                await path.ask(str(number), texts[number % len(texts)])
            before = memory_mb(*servers)
            readers, tasks = await _open(path, streams)
            await asyncio.sleep(5)  # what was answered before comes in at once
            with_streams, used = memory_mb(*servers), cpu_seconds(*servers)
            await asyncio.sleep(IDLE)
            idle = (cpu_seconds(*servers) - used) / IDLE
            waited = await _write(path, readers, texts, lines)
            for task in tasks:
                task.cancel()
    tenths = quantiles(waited, n=20)
    print(f"{streams} streams: memory {before:.0f} -> {with_streams:.0f} MB, processor while nobody writes {idle:.1%}")
    of = [round(1000 * seconds) for seconds in (median(waited), tenths[18], max(waited))]
    print(f"line to answer on the page, ms: p50 {of[0]}, p95 {of[1]}, most {of[2]}")


async def _open(path: WebPath, streams: int) -> tuple[list[Reader], list[asyncio.Task[None]]]:
    readers, tasks = [Reader() for _ in range(streams)], []
    for number, reader in enumerate(readers):
        browser, _ = path.residents[str(number)]
        async with browser.get(f"/{SLUG}") as page:
            found = CONNECT.search(await page.text())
        assert found, "the page has no stream"  # noqa: S101
        tasks.append(asyncio.create_task(reader.follow(browser, found[1].replace("&amp;", "&"))))
    return readers, tasks


async def _write(path: WebPath, readers: list[Reader], texts: list[str], lines: int) -> list[float]:
    """From posting a line to its answer on the open page: the line itself and the answer are two messages."""
    chance, waited = random.Random(1), []
    for number in range(lines):
        place = chance.randrange(len(readers))
        heard = len(readers[place].heard)
        began = time.perf_counter()
        await path.ask(str(place), texts[number % len(texts)])
        waited.append(await readers[place].hears(heard + 2) - began)
        await asyncio.sleep(BETWEEN)
    return waited


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--lines", type=int, default=200)
    given = parser.parse_args()
    asyncio.run(measure(given.streams, given.lines))


if __name__ == "__main__":
    main()
