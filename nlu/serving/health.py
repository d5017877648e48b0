"""Whether this process serves what was trained: known messages must come out as known."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent

import journal
from serving.board import Board


@dataclass
class Health:
    """Filled once, after the start. `canaries`: topics only, the texts stay in the manifest. `board`: on it the keeper
    writes which model it was asked to serve and could not, until another is asked for, and how many children it has
    beside the one that serves: while there are any, another model may still answer."""

    model: str
    board: Board = field(default_factory=Board)
    born: float = field(default_factory=time.monotonic)
    ready: bool = False
    canaries: list[dict[str, Any]] = field(default_factory=list)
    started_in_s: float | None = None

    async def check(self, agent: Agent, canaries: list[dict[str, str]]) -> None:
        """Parses the canaries. None at all, or one wrong, and this process never becomes ready."""
        for canary in canaries:
            found = (await agent.parse_message(canary["text"]))["intent"]["name"]
            self.canaries.append({"topic": canary["topic"], "found": found, "right": found == canary["topic"]})
        self.ready = bool(self.canaries) and all(one["right"] for one in self.canaries)
        self.started_in_s = round(time.monotonic() - self.born, 3)
        journal.event("ready" if self.ready else "canaries_wrong", model=self.model, seconds=self.started_in_s)

    def as_dict(self) -> dict[str, Any]:
        told = self.board.read() or {}
        return {
            "ready": self.ready,
            "model": self.model,
            "canaries": self.canaries,
            "memory_mb": memory_mb(),
            "started_in_s": self.started_in_s,
            "refused": told.get("refused"),
            "others": told.get("others", 0),
        }


def memory_mb() -> int:
    """Memory in use by this process, pages shared with the parent included."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() // (1 << 20)
    except OSError:  # no /proc: the highest so far, in bytes on macOS
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)
