"""A Rasa that only follows `live.json` and tells its health, as the keeper of nlu/serve.py does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Keeper:
    """`refuses`: versions it will not serve, with the word for why. `serves`: the version it answers with."""

    def __init__(self, folder: Path, token: str) -> None:
        self.folder, self.token = folder, token
        self.refuses: dict[str, str] = {}
        self.serves = ""
        self.refused: dict[str, str] | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _door(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def health(self) -> dict[str, Any]:
        try:
            asked = json.loads((self.folder / "live.json").read_text())
        except OSError:
            asked = {}
        if asked.get("version") in self.refuses:
            self.refused = {key: asked[key] for key in ("version", "at")} | {"why": self.refuses[asked["version"]]}
        elif asked:
            self.serves = asked["version"]
        return {"ready": True, "model": self.serves, "refused": self.refused, "others": 0}


def _door(keeper: Keeper) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            may = self.headers["authorization"] == f"Bearer {keeper.token}"
            body = json.dumps(keeper.health()).encode() if may else b""
            self.send_response(200 if may else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Door
