"""Serves a model: `nlu/.venv/bin/python nlu/serve.py --models DIR --port N --actions-url URL --tracker FILE`.

`live.json` in that folder names the model; when it names another one, that is served within seconds, without a gap.
With `--model FILE` it is this one, for as long as the process lives.
The token comes from TREDE_RASA_TOKEN, or from the file that TREDE_RASA_TOKEN_FILE names."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import journal
import quiet

if TYPE_CHECKING:
    from serving.pointer import Asked, Pointer

USAGE, REFUSED, PORT_TAKEN = 2, 3, 4  # exit codes


def main() -> int:
    """0 after SIGTERM; 2 without a token; 3 when the model file is refused; 4 when the port is taken."""
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
    from serving.pointer import Pointer, first

    pointer = Pointer(arguments.models) if arguments.models else None
    try:
        if pointer is None:
            checked_manifest(arguments.model)  # before the long import: a wrong file is told at once
        _import_rasa()
        asked = first(pointer, arguments.exit_with_parent) if pointer else None
        if pointer and asked is None:
            return 0  # nobody waits for us any more
        return _keep(arguments, token, pointer, asked)
    except ModelRefused as error:
        print(f"serve.py: {error}", file=sys.stderr)
        return REFUSED


def _import_rasa() -> None:
    import serving.model  # noqa: F401

    quiet.rasa_log()
    journal.configure()  # once more: importing Rasa has added loggers and handlers


def _keep(arguments: argparse.Namespace, token: str, pointer: Pointer | None, asked: Asked | None) -> int:
    from serving import app, board, children, keeper, model

    loaded = model.load(asked.path if asked else arguments.model)
    told = board.Board()

    def child(birth: children.Birth) -> int:
        wiring = app.Wiring(token, arguments.actions_url, arguments.tracker, told)
        return app.run(birth, wiring)

    try:
        listening = keeper.open_socket(arguments.host, arguments.port)
    except OSError as error:
        journal.failure("port_taken", error, port=arguments.port)
        return PORT_TAKEN
    load = lambda other: model.load(other.path)  # noqa: E731
    return keeper.Keeper(listening, child, loaded, told, pointer, asked, load, arguments.exit_with_parent).keep()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--models", type=Path, help="folder with live.json; it is only read")
    which.add_argument("--model", type=Path, help="one model file")
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
