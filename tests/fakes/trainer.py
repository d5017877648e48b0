"""A trainer of a models folder that learns nothing: it answers requests by files, as nlu/trainer.py does."""

import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Trainer:
    """`understands`: what a model makes of a line, by text, as topic or None; any other line is asked back. `live`:
    the same of the model it is compared with; None when that one cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.understands: Mapping[str, str | None] = {}
        self.live: Mapping[str, str | None] | None = {}
        self.trained: list[str] = []
        self.refuses = ""
        self.hold = threading.Event()
        """While it is not set, a request stays unanswered."""
        self.hold.set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        (self.folder / "requests").mkdir(parents=True, exist_ok=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.hold.set()
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            requests = self.folder / "requests"
            (requests / "trainer.beat").touch()
            for request in requests.glob("[!.]*.json"):
                if self.hold.is_set() and not request.with_suffix(".done").exists():
                    self._answer(request)

    def _answer(self, request: Path) -> None:
        asked = json.loads(request.read_text())
        material = asked["material"]
        write(request.with_suffix(".progress"), {"step": "folds", "done": 1, "of": 5})
        if self.refuses:
            write(request.with_suffix(".done"), {"code": 2, "step": "read", "reason": self.refuses})
            return
        put_model(self.folder, material["version"], material["code"], [topic["id"] for topic in material["topics"]])
        self.trained.append(material["version"])
        before = None if asked["compare"] is None or self.live is None else parses(material["held_back"], self.live)
        told = {"after": parses(material["held_back"], self.understands), "before": before}
        write(self.folder / f"parses-{material['version']}.json", told)
        write(request.with_suffix(".done"), {"code": 0, "step": "done", "reason": ""})


def put_model(folder: Path, version: str, code: str, topics: list[str]) -> None:
    """A file with a manifest that says what it is; no model at all."""
    folder.mkdir(parents=True, exist_ok=True)
    content = f"model {version}".encode()
    (folder / f"trede-{version}.tar.gz").write_bytes(content)
    manifest = {"version": version, "code": code, "topics": topics, "sha256": hashlib.sha256(content).hexdigest()}
    write(folder / f"trede-{version}.manifest.json", manifest)


def parses(lines: list[str], understood: Mapping[str, str | None]) -> list[dict[str, Any]]:
    return [parse(understood.get(line)) for line in lines]


def parse(topic: str | None) -> dict[str, Any]:
    ranking = [{"name": topic, "confidence": 0.9}] if topic else []
    return {"topic": topic or "nlu_fallback", "confidence": 0.9, "ranking": ranking}


def write(path: Path, content: dict[str, Any]) -> None:
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(content))
    aside.replace(path)
