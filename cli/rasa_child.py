"""Rasa as a child of ours: started, watched, started again."""

import asyncio
import json
import logging
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.brain import Brain
from cli.rasa_environment import NLU, PYTHON, rasa_environment

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
START_AT_MOST = 300.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RasaChild:
    """Keeps one Rasa alive on a port of loopback that it keeps for as long as we live.

    The child ends by itself when our end of its standard input closes: also when we are killed with -9.
    """

    token: str
    actions_url: str
    data_dir: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def keep(self) -> None:
        """Run until cancelled. A child that ends at once is tried again with growing pauses."""
        pause = FIRST_PAUSE
        while True:
            started = asyncio.get_running_loop().time()
            code = await self._live()
            log.error("rasa ended", extra={"why": code})
            lived = asyncio.get_running_loop().time() - started
            pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _live(self) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command(),
            stdin=subprocess.PIPE,
            cwd=NLU,
            env=rasa_environment() | {"TREDE_RASA_TOKEN": self.token},
        )
        self._tell_where(process.pid)
        clocking = asyncio.create_task(self._clock_start(process.pid))
        try:
            return await process.wait()
        finally:
            clocking.cancel()
            if process.returncode is None:
                process.terminate()
                await process.wait()

    def _command(self) -> list[str]:
        trackers = self.data_dir / "trackers.db"
        return [
            str(PYTHON),
            str(NLU / "serve.py"),
            *("--models", str(self.data_dir / "models")),
            *("--port", str(self.port)),
            *("--actions-url", self.actions_url),
            *("--tracker", str(trackers)),
            "--exit-with-parent",
        ]

    async def _clock_start(self, pid: int) -> None:
        """Seconds from the start of the process until it answers rightly: most of them are Rasa's imports."""
        started = time.monotonic()
        brain = Brain(self.url, self.token)
        try:
            if await brain.wait_until_ready(START_AT_MOST):
                self._tell_where(pid, round(time.monotonic() - started, 1))
        finally:
            await brain.close()

    def _tell_where(self, pid: int, ready_after_s: float | None = None) -> None:
        """For `trede doctor` and `trede chat`: where Rasa can be found. The token is not in it."""
        where = {"url": self.url, "pid": pid, "ready_after_s": ready_after_s}
        (self.data_dir / "rasa.json").write_text(json.dumps(where), encoding="utf-8")
