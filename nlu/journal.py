"""The log: one JSON object a line on stderr, with names and ids, never with what anybody wrote.

Rasa and its libraries put texts into their messages. Of a foreign record only its place and the kind of error stay."""

from __future__ import annotations

import json
import logging
import sys
import time
from types import TracebackType

OURS = "trede"


def event(name: str, **ids: object) -> None:
    """Logs something that happened. `ids`: numbers and identifiers only."""
    logging.getLogger(OURS).info(name, extra={"ids": ids})


def failure(name: str, error: BaseException, **ids: object) -> None:
    """Logs an error by kind and place; its message may quote a resident and stays out."""
    logging.getLogger(OURS).error(name, extra={"ids": {**ids, **_error(error)}})


def configure() -> None:
    """Takes over every logger, warnings and uncaught errors of this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)  # Rasa warns by quoting the message
    sys.excepthook = _uncaught


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {"at": round(record.created, 3), "level": record.levelname.lower()}
        if record.name == OURS:
            said |= {"event": record.msg, **getattr(record, "ids", {})}
        else:
            said |= {"event": "library", "place": f"{record.name}:{record.funcName}:{record.lineno}"}
        if record.exc_info and record.exc_info[1]:
            said |= _error(record.exc_info[1])
        return json.dumps(said, default=str)


def _error(error: BaseException) -> dict[str, object]:
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
    return {"error": type(error).__name__, "raised_at": place}


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    line = {"at": round(time.time(), 3), "level": "critical", "event": "uncaught", **_error(error)}
    print(json.dumps(line), file=sys.stderr, flush=True)
