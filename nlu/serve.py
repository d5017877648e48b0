"""Serves a model: `nlu/.venv/bin/python nlu/serve.py --model FILE --port N --actions-url URL --tracker FILE`.

The token comes from TREDE_RASA_TOKEN, or from the file that TREDE_RASA_TOKEN_FILE names."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import journal
import quiet

USAGE, REFUSED, PORT_TAKEN = 2, 3, 4  # exit codes


def main() -> int:
    """0 after SIGTERM; 2 without a token; 3 when the model is refused; 4 when the port is taken."""
    arguments = _arguments()
    token = _token()
    if not token:
        print("serve.py: set TREDE_RASA_TOKEN or TREDE_RASA_TOKEN_FILE", file=sys.stderr)
        return USAGE
    quiet.environment()
    journal.configure()
    return _serve(arguments, token)


def _serve(arguments: argparse.Namespace, token: str) -> int:
    from archive import ModelRefused, checked_manifest
    from serving import keeper

    try:
        checked_manifest(arguments.model)  # before the long import: a wrong file is told at once
        loaded = _load(arguments.model)
    except ModelRefused as error:
        print(f"serve.py: {error}", file=sys.stderr)
        return REFUSED
    from serving import app

    def child(listening: object, parent: int) -> None:
        app.run(listening, loaded, app.Wiring(token, arguments.actions_url, arguments.tracker, parent))  # type: ignore[arg-type]

    try:
        listening = keeper.open_socket(arguments.host, arguments.port)
    except OSError as error:
        journal.failure("port_taken", error, port=arguments.port)
        return PORT_TAKEN
    return keeper.keep(listening, child, arguments.exit_with_parent)


def _load(path: Path) -> object:
    from serving import model

    quiet.rasa_log()
    journal.configure()  # once more: importing Rasa has added loggers and handlers
    return model.load(path)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1", help="an address of the private network; never a public one")
    parser.add_argument("--actions-url", required=True, help="for example http://127.0.0.1:5055/webhook")
    parser.add_argument("--tracker", default="memory", help="a SQLite file, redis://host:port/db, or memory")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when stdin is closed")
    return parser.parse_args()


def _token() -> str:
    named = os.environ.get("TREDE_RASA_TOKEN_FILE")
    return Path(named).read_text(encoding="utf-8").strip() if named else os.environ.get("TREDE_RASA_TOKEN", "")


if __name__ == "__main__":
    sys.exit(main())
