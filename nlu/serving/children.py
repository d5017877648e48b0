"""Processes that serve: born by forking, heard through a pipe, asked to end, collected when they are gone."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import journal

BROKE, UNREADABLE, CANARIES_WRONG = 1, 11, 12  # exit codes of a child
LEAVE, END = signal.SIGUSR1, signal.SIGTERM
"""Leave: another one has come, finish in peace. End: all of us do, within seconds."""


@dataclass(frozen=True)
class Birth:
    """What a child is born with. `parent`: closes when the parent dies; `on_trial`: it must sing before it serves."""

    listening: socket.socket
    parent: int
    model: Any
    on_trial: bool
    word: int

    def accepting(self) -> None:
        """Tell the parent that the canaries sang and that calls are taken."""
        os.write(self.word, b"a")


Serve = Callable[[Birth], int]  # returns the exit code


@dataclass
class Child:
    pid: int
    model: Any
    word: int
    born: float
    gone_by: float | None = None
    """Of one that was asked to end: when it is killed."""

    def heard(self) -> bool:
        """Whether it said that it accepts; False when it ended without. Call when `word` is readable."""
        return os.read(self.word, 1) == b"a"

    def ask(self, how: signal.Signals, within: float) -> None:
        self.gone_by = time.monotonic() + within
        os.kill(self.pid, how)  # it is not collected yet, so the number is still its own

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def status(self) -> int | None:
        """How it ended; None while it lives. Collects it: ask once more and you get an error."""
        gone, status = os.waitpid(self.pid, os.WNOHANG)
        if not gone:
            return None
        os.close(self.word)
        journal.event("child_gone", child=self.pid, status=status)
        return status


def fork(serve: Serve, listening: socket.socket, alive: tuple[int, int], model: Any, on_trial: bool) -> Child:
    """A child that serves `model`. In the child this never returns. `alive`: a pipe nobody writes to."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        journal.event("child_started", child=pid)
        return Child(pid, model, reading, time.monotonic())
    code = BROKE
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.close(alive[1])
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        code = serve(Birth(listening, alive[0], model, on_trial, writing))
    except BaseException as error:  # whatever ends a child must not run on into the parent's loop
        journal.failure("child_broke", error)
    finally:
        os._exit(code)


def why(status: int) -> str:
    """How a child on trial failed, in a word."""
    if os.WIFSIGNALED(status):
        return "killed"
    return {UNREADABLE: "unreadable", CANARIES_WRONG: "canaries_wrong"}.get(os.waitstatus_to_exitcode(status), "broke")
