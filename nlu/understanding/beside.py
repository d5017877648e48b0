"""Work in a second process: liblinear draws its lots from one pot, so two in one process disturb each other's."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

R = TypeVar("R")


class BesideDied(Exception):
    """The second process ended without a result, for instance because memory was short."""


def begin(work: Callable[..., R], *given: Any) -> Callable[[], R]:
    """Starts it now; what is returned waits for the result. When we end first, so does the other: nobody listens."""
    context = get_context("spawn")
    ours, its = context.Pipe()
    other = context.Process(target=_run, args=(its,), daemon=True)
    other.start()
    # Only now, with its end closed here: what is given along at the start blocks for ever when the other dies at once.
    its.close()
    try:
        ours.send((work, given))
    except BrokenPipeError as error:
        raise BesideDied from error

    def result() -> R:
        try:
            found: R = ours.recv()
        except EOFError as error:
            raise BesideDied from error
        finally:
            other.join()
        return found

    return result


def _run(connection: Connection) -> None:
    work, given = connection.recv()
    connection.send(work(*given))
