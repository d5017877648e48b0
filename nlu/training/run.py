"""One training: build the project, let Rasa train it, pick canaries, publish file and manifest together, and ask the
new model and the one before it what they make of the messages that were held back."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import archive
import journal
import quiet
from project import build, material
from training import canaries, held_back, publish
from understanding import learn

Tell = Callable[..., None]
USUAL_LEVEL = 6  # of gzip, as its own command has it


def train(material_path: Path, out: Path, tell: Tell, compare: Path | None = None, again: bool = True) -> Path:
    """Returns the path of the model; one that is there already is made again only when that is asked.

    Raises MaterialError, UnderstandingError, RuntimeError."""
    tell("read", 0, 1)
    source = material.read(material_path)
    path = out / f"trede-{source.version}.tar.gz"
    if again or not _is_there(path):
        path = _make(source, out, tell)
    if source.held_back:
        held_back.ask(path, compare, source, out, tell)
    tell("done", 1, 1, model=str(path), **_headline(archive.checked_manifest(path)))
    return path


def _is_there(path: Path) -> bool:
    try:
        archive.checked_manifest(path)
    except archive.ModelRefused:
        return False
    return True


def _make(source: material.Material, out: Path, tell: Tell) -> Path:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="trede-train-") as scratch:
        learning = learn.Learning(
            (build.one_line(text), topic.id) for topic in source.topics for text in topic.examples
        )
        build.build(source, Path(scratch))
        tell("build", 1, 1)
        trained = _train_with_rasa(Path(scratch), learning, tell)
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
        return publish.publish(trained, manifest, out)


def _train_with_rasa(folder: Path, learning: learn.Learning, tell: Tell) -> Path:
    """Rasa's own training, in this process. Raises RuntimeError when it leaves no model."""
    tell("load rasa", 0, 1)
    import rasa.model_training

    quiet.rasa_log()
    journal.configure()  # once more: importing Rasa has added handlers

    from components import topic_classifier

    tell("load rasa", 1, 1)
    topic_classifier.progress, topic_classifier.begun = tell, learning
    _pack_quickly()
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


def _pack_quickly() -> None:
    """`tarfile` packs at gzip's highest level: 15 seconds for our model instead of 2, for a twentieth of its size."""
    from rasa.engine.storage import local_model_storage

    class Packed(local_model_storage.TarSafe):
        gzopen = classmethod(partial(local_model_storage.TarSafe.gzopen.__func__, compresslevel=USUAL_LEVEL))

    local_model_storage.TarSafe = Packed


def _headline(manifest: dict[str, Any]) -> dict[str, Any]:
    told = ("version", "examples", "line", "held_back", "seconds", "cpu_seconds", "peak_memory_mb")
    return {key: manifest[key] for key in told}
