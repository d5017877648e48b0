"""The health check of a container: `python probe.py http://127.0.0.1:5005` asks a server whether it is ready,
`python probe.py FILE` looks whether a trainer touched its file lately. Exit code 0 when it did."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from pathlib import Path

LATELY = 60.0  # seconds


def main(what: str) -> int:
    try:
        return 0 if (_is_ready(what) if what.startswith("http") else _is_fresh(Path(what))) else 1
    except (OSError, ValueError) as error:
        print(f"probe: {type(error).__name__}", file=sys.stderr)
        return 1


def _is_ready(url: str) -> bool:
    named = os.environ.get("TREDE_RASA_TOKEN_FILE")
    token = Path(named).read_text(encoding="utf-8").strip() if named else os.environ.get("TREDE_RASA_TOKEN", "")
    request = urllib.request.Request(f"{url}/webhooks/trede/health", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=4) as answer:
        return json.loads(answer.read())["ready"] is True


def _is_fresh(file: Path) -> bool:
    return time.time() - file.stat().st_mtime < LATELY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
