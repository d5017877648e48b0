"""The parent process: has Rasa imported and the model loaded, and keeps one child serving.

A child that dies is replaced within a second instead of after Rasa's long import. The socket is the parent's, so
calls made in between wait instead of failing. The parent runs no thread and no event loop, which makes forking safe."""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable

import journal

PATIENCE = 6.0  # seconds a child may take to end; then it is killed
SHORT_LIFE = 5.0  # seconds; who lives shorter than this is replaced after a growing pause
LONGEST_PAUSE = 10.0  # seconds, for a child that ends by itself: it will again
KILLED_PAUSE = 0.2  # seconds, for a child that was killed: the next one may well live

Serve = Callable[[socket.socket, int], None]  # listening socket, pipe that closes with the parent


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError when the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(128)
    return listening


def keep(listening: socket.socket, serve: Serve, watch_stdin: bool) -> int:
    """Forks children until told to end by SIGTERM, SIGINT or, with `watch_stdin`, the end of stdin."""
    wake, alive = _signals_to_pipe(), os.pipe()
    gc.collect()
    gc.freeze()  # objects of the parent are not touched by the child's collector: their pages stay shared
    watched = [wake] + ([sys.stdin.fileno()] if watch_stdin else [])
    pause, ending = 0.0, False
    while not ending:
        born, child = time.monotonic(), _fork(listening, serve, alive)
        status = _wait(child, watched)
        if status is None:
            _end(child)
            break
        pause = _pause(pause, time.monotonic() - born, status)
        ending = _told_to_end(watched, pause)
    journal.event("ended")
    return 0


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


def _fork(listening: socket.socket, serve: Serve, alive: tuple[int, int]) -> int:
    """The child's process id. In the child this never returns."""
    child = os.fork()
    if child:
        journal.event("child_started", child=child)
        return child
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.close(alive[1])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        serve(listening, alive[0])
        code = 0
    except BaseException as error:  # whatever ends a child must not run on into the parent's loop
        journal.failure("child_broke", error)
    finally:
        os._exit(code)


def _wait(child: int, watched: list[int]) -> int | None:
    """Waits until the child is gone, for its status, or until we are told to end, for None."""
    while True:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            journal.event("child_gone", child=child, status=status)
            return status
        if _told_to_end(watched, None):
            return None


def _told_to_end(watched: list[int], seconds: float | None) -> bool:
    """Sleeps until something happens or `seconds` are over. True on SIGTERM, SIGINT or the end of stdin."""
    readable, _, _ = select.select(watched, [], [], seconds)
    for descriptor in readable:
        data = os.read(descriptor, 4096)
        if descriptor != watched[0]:
            return not data
        if {signal.SIGTERM, signal.SIGINT} & set(data):
            return True
    return False


def _end(child: int) -> None:
    """Asks the child to end; kills it when it does not."""
    os.kill(child, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
