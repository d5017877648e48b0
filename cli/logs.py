"""Logs of ours: one JSON object a line, with ids and never a text of a resident, never a secret."""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType

FIELDS = ("conversation", "line", "message", "action", "why", "update", "attempt", "seconds")
LONGEST = 200
# They write addresses with tokens in them, or more than anybody reads.
QUIET = ("httpx", "httpcore", "telegram", "alembic", "rasa_sdk", "sanic", "uvicorn.access")


class JsonLines(logging.Formatter):
    """The message is a constant; what varies are the named fields. What others put into theirs may quote a resident."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": str(record.msg).partition("\n")[0][:LONGEST],
        }
        entry |= {field: getattr(record, field) for field in FIELDS if hasattr(record, field)}
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
            entry["where"] = trail(record)
        return json.dumps(entry, ensure_ascii=False, default=repr)


def trail(record: logging.LogRecord) -> list[str]:
    """Files and lines of a trace without the error's text, which may quote what somebody wrote."""
    places = []
    step = record.exc_info[2] if record.exc_info else None
    while step is not None:
        folder_and_file = "/".join(step.tb_frame.f_code.co_filename.split("/")[-2:])
        places.append(f"{folder_and_file}:{step.tb_lineno}")
        step = step.tb_next
    return places[-8:]


def set_up_logs(level: str) -> None:
    """From here on everything that this process says is a line of ours; also what it dies of."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A tick that comes while the one before it still goes on is skipped, as it should be: no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.captureWarnings(True)
    # A warning quotes the line of code it is about, and now and then a value.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    sys.excepthook = _uncaught
    threading.excepthook = lambda died: _uncaught(died.exc_type, died.exc_value, died.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Python would print the text of the error, which may quote what somebody wrote."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("uncaught", exc_info=(kind, error or kind(), trace))
