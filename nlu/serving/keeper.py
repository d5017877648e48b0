"""The parent process: has Rasa imported and the model loaded, keeps one child serving, and changes models.

A child that dies is replaced within a second instead of after Rasa's long import. The socket is the parent's, so
calls made in between wait instead of failing. When another model is asked for, a second child is born on trial: it
loads that model and sings its canaries before it takes a call. Only then the first one leaves: it takes no new calls,
finishes what it has, and ends. When the trial fails, nothing changes but what health tells. The parent runs no thread
and no event loop, which makes forking safe."""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import journal
from archive import ModelRefused
from serving import children
from serving.board import Board
from serving.children import Child, Serve
from serving.pointer import LOOK_EVERY, Asked, Pointer

PATIENCE = 6.0  # seconds a child may take to end; then it is killed
LEAVES_WITHIN = 20.0  # seconds; the longest turn anybody still waits for is far shorter
TRIAL_AT_MOST = 60.0  # seconds; half a second is usual
SHORT_LIFE = 5.0  # seconds; who lives shorter than this is replaced after a growing pause
LONGEST_PAUSE = 10.0  # seconds, for a child that ends by itself: it will again
KILLED_PAUSE = 0.2  # seconds, for a child that was killed: the next one may well live

Load = Callable[[Asked], Any]  # raises when the model cannot be loaded


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(128)
    return listening


@dataclass
class Keeper:
    """`model`: loaded, serves until another is asked for. `asked`: how that was asked for. Without a `pointer` it never
    changes."""

    listening: socket.socket
    serve: Serve
    model: Any
    board: Board
    pointer: Pointer | None = None
    asked: Asked | None = None
    load: Load | None = None
    watch_stdin: bool = False
    _serving: Child | None = None
    _served: Asked | None = None  # as what `model` was asked for
    _trial: Child | None = None
    _leaving: list[Child] = field(default_factory=list)
    _alive: tuple[int, int] = field(default_factory=os.pipe)
    _next_at: float = 0.0
    _pause: float = 0.0
    _refused: dict[str, Any] | None = None
    _told: dict[str, Any] | None = None

    def keep(self) -> int:
        """Until told to end by SIGTERM, SIGINT or, with `watch_stdin`, the end of stdin."""
        wake, self._served = _signals_to_pipe(), self.asked
        _settle_memory()
        ending = False
        while not ending:
            self._collect()
            self._look()
            self._hurry()
            self._replace()
            self._tell()
            ending = self._wait(wake)
        self._end_all()
        journal.event("ended")
        return 0

    def _replace(self) -> None:
        if self._serving is None and time.monotonic() >= self._next_at:
            self._serving = self._fork(self.model, on_trial=False)

    def _fork(self, model: Any, on_trial: bool) -> Child:
        return children.fork(self.serve, self.listening, self._alive, model, on_trial)

    def _collect(self) -> None:
        """Let go of children that are gone."""
        self._leaving = [child for child in self._leaving if child.status() is None]
        if self._trial is not None and (status := self._trial.status()) is not None:
            failed, self._trial = self._trial, None
            self._refuse(failed.model, children.why(status))
        if self._serving is not None and (status := self._serving.status()) is not None:
            lived = time.monotonic() - self._serving.born
            self._pause = _pause(self._pause, lived, status)
            self._serving, self._next_at = None, time.monotonic() + self._pause

    def _look(self) -> None:
        """Whether another model is asked for."""
        asked = self.pointer.read() if self.pointer else None
        if asked is None or asked == self.asked:
            return
        self.asked, self._refused = asked, None
        if self._trial is not None:
            self._let_go(self._trial)
            self._trial = None
        if self._served is None or not asked.is_same_model(self._served):
            self._try(asked)

    def _try(self, asked: Asked) -> None:
        journal.event("trial", model=asked.version)
        try:
            asked.check()
        except ModelRefused as error:
            self._refuse(asked, error.code)
            return
        self._trial = self._fork(asked, on_trial=True)

    def _refuse(self, asked: Asked, why: str) -> None:
        """The one that serves goes on; health tells."""
        journal.event("refused", model=asked.version, why=why)
        self._refused = {"version": asked.version, "why": why, "at": asked.at}

    def _adopt(self, trial: Child) -> None:
        """The trial went well: it serves from now on. We load the model too, for the child that may have to follow."""
        assert self.load is not None
        self._trial = None
        try:
            self.model = self.load(trial.model)
        except Exception as error:
            journal.failure("load_failed", error, model=trial.model.version)
            self._let_go(trial)
            self._refuse(trial.model, "unreadable")
            return
        before, self._serving, self._served, self._pause = self._serving, trial, trial.model, 0.0
        if before is not None:
            self._let_go(before)
        journal.event("switched", model=trial.model.version)
        _settle_memory()

    def _let_go(self, child: Child) -> None:
        child.ask(children.LEAVE, LEAVES_WITHIN)
        self._leaving.append(child)

    def _tell(self) -> None:
        """Which model was refused, and how many children are there beside the one that serves: on trial, or leaving."""
        now = {"refused": self._refused, "others": len(self._leaving) + (self._trial is not None)}
        if now != self._told:
            self.board.write(now)
            self._told = now

    def _hurry(self) -> None:
        """Kill who takes too long."""
        now = time.monotonic()
        for child in self._leaving:
            if child.gone_by is not None and now > child.gone_by:
                child.kill()
        if self._trial is not None and now > self._trial.born + TRIAL_AT_MOST:
            self._trial.kill()

    def _wait(self, wake: int) -> bool:
        """Sleeps until something happens. True when told to end."""
        trial = self._trial
        stdin = [sys.stdin.fileno()] if self.watch_stdin else []
        watched = [wake, *stdin, *([trial.word] if trial else [])]
        readable, _, _ = select.select(watched, [], [], self._patience())
        if trial is not None and trial.word in readable and trial.heard():
            self._adopt(trial)
        if any(not os.read(descriptor, 4096) for descriptor in stdin if descriptor in readable):
            return True
        return wake in readable and bool({signal.SIGTERM, signal.SIGINT} & set(os.read(wake, 4096)))

    def _patience(self) -> float | None:
        """Seconds until there is something to do by ourselves."""
        if self._serving is None:
            return max(self._next_at - time.monotonic(), 0.0)
        return LOOK_EVERY if self.pointer or self._leaving else None

    def _end_all(self) -> None:
        left = [child for child in (self._serving, self._trial, *self._leaving) if child is not None]
        for child in left:
            child.ask(children.END, PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while left := [child for child in left if child.status() is None]:
            if time.monotonic() > deadline:
                for child in left:
                    child.kill()
            time.sleep(0.02)


def _pause(last: float, lived: float, status: int) -> float:
    """Seconds before the next child."""
    longest = KILLED_PAUSE if os.WIFSIGNALED(status) else LONGEST_PAUSE
    return 0.0 if lived > SHORT_LIFE else min(max(2 * last, 0.1), longest)


def _signals_to_pipe() -> int:
    """A descriptor that becomes readable when a signal arrives; byte = its number."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    return reading


def _settle_memory() -> None:
    """Objects of the parent are not touched by a child's collector: their pages stay shared."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
