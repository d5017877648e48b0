"""One training: build the project, let Rasa train it, pick canaries, publish file and manifest together."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive
import journal
import quiet
from project import build, material
from training import canaries, publish

Tell = Callable[..., None]


def train(material_path: Path, out: Path, tell: Tell) -> Path:
    """Trains and returns the path of the model. Raises MaterialError, UnderstandingError, RuntimeError."""
    started = time.monotonic()
    tell("read", 0, 1)
    source = material.read(material_path)
    with tempfile.TemporaryDirectory(prefix="trede-train-") as scratch:
        build.build(source, Path(scratch))
        tell("build", 1, 1)
        trained = _train_with_rasa(Path(scratch), tell)
        understanding = archive.read(trained)
        manifest = {
            **publish.identity(source, trained),
            "canaries": canaries.choose(understanding, source),
            "line": {"confidence": understanding.line.confidence, "gap": understanding.line.gap},
            "held_back": understanding.report,
            "seconds": round(time.monotonic() - started, 1),
            "cpu_seconds": round(time.process_time(), 1),  # what it costs when nobody else wants the machine
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        path = publish.publish(trained, manifest, out)
    tell("done", 1, 1, model=str(path), **_headline(manifest))
    return path


def _train_with_rasa(folder: Path, tell: Tell) -> Path:
    """Rasa's own training, in this process. Raises RuntimeError when it leaves no model."""
    tell("load rasa", 0, 1)
    import rasa.model_training

    quiet.rasa_log()
    journal.configure()  # once more: importing Rasa has added handlers

    from components import topic_classifier

    tell("load rasa", 1, 1)
    topic_classifier.progress = tell
    result = rasa.model_training.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "nlu.yml"), str(folder / "rules.yml")],
        output=str(folder / "models"),
        fixed_model_name="model",
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Rasa ended its training with code {result.code}")
    tell("train", 1, 1)
    return Path(result.model)


def _headline(manifest: dict[str, Any]) -> dict[str, Any]:
    told = ("version", "examples", "line", "held_back", "seconds", "cpu_seconds", "peak_memory_mb")
    return {key: manifest[key] for key in told}
