"""The model in memory: checked against its manifest, unpacked once, before any child exists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine import loader
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

import archive
from serving.runner import DirectRunner


@dataclass(frozen=True)
class Loaded:
    """`metadata` and `runner` are Rasa's; `manifest` is what training wrote next to the file."""

    path: Path
    manifest: dict[str, Any]
    metadata: Any
    runner: Any

    @property
    def domain(self) -> Any:
        return self.metadata.domain

    @property
    def version(self) -> str:
        return str(self.manifest["version"])


def load(path: Path) -> Loaded:
    """Raises ModelRefused when the file is not the one of its manifest, and what Rasa raises."""
    manifest = archive.checked_manifest(path)
    with TempDirectoryPath(get_temp_dir_name()) as folder:
        metadata, runner = loader.load_predict_graph_runner(Path(folder), path, LocalModelStorage, DirectRunner)
    return Loaded(path, manifest, metadata, runner)
