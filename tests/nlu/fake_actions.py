"""An action server of a few lines, speaking Rasa's protocol: says which action ran, and validates the one form."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


LEAVES = "out_of_scope"
"""Asked on after an answer to this, the form is left instead."""


class FakeActions(ThreadingHTTPServer):
    """`ran`: names of the actions called, in order. `broken`: answer 500 to everything. `hold`: while not set, none ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.ran: list[str] = []
        self.broken = False
        self.hold = threading.Event()
        self.hold.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: Any) -> None:
        """A caller that was killed is no news."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/webhook"


class _Door(BaseHTTPRequestHandler):
    server: FakeActions

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if not sent:
            return  # the caller was killed while sending
        asked = json.loads(sent)
        self.server.ran.append(asked["next_action"])
        self.server.hold.wait(30)
        body = json.dumps(_answer(asked)).encode()
        self.send_response(500 if self.server.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    name, latest = asked["next_action"], asked["tracker"]["latest_message"]
    if name.startswith("validate_"):
        return {"events": _validated(latest["intent"]["name"]), "responses": []}
    if name.startswith("action_ask_") and latest["intent"]["name"] == LEAVES:
        return {"events": [{"event": "slot", "name": "requested_slot", "value": None}], "responses": []}
    said = {"action": name, "topic": latest["intent"]["name"], "slots": asked["tracker"]["slots"]}
    return {"events": [], "responses": [{"custom": said}]}


def _validated(intent: str) -> list[dict[str, Any]]:
    return [{"event": "slot", "name": "delete_confirmed", "value": True}] if intent == "affirm" else []
