"""Train the understanding: material out of the database, training in Rasa's own environment, progress on the way."""

import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from cli.settings import ROOT
from cli.wiring import Wiring, now
from db.models import ModelVersion
from services.municipalities import library
from services.training_material import training_material

NLU = ROOT / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
# What decides how a model comes out, besides the content.
CODE = ("*.py", "uv.lock")
KEPT_MODELS = 5


class TrainingFailed(Exception):
    """The model could not be made; the message says where it stopped."""


@dataclass(frozen=True)
class Model:
    version: str
    file: Path
    manifest: dict[str, Any]


def train(wiring: Wiring, tell: Callable[[str], None], again: bool = False) -> Model:
    """A model of the content as it is now; the one that is there when nothing has changed."""
    material = _material(wiring)
    found = None if again else _model(wiring, material["version"])
    if found is not None:
        return _make_live(wiring, found)
    folder = models_folder(wiring)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"material-{material['version']}.json"
    path.write_text(json.dumps(material, ensure_ascii=False), encoding="utf-8")
    try:
        said = ""
        for step in _run([str(PYTHON), str(NLU / "train.py"), "--material", str(path), "--out", str(folder)]):
            if (words := _in_words(step)) != said:
                tell(words)
            said = words
    finally:
        path.unlink()
    made = _model(wiring, material["version"])
    if made is None:
        raise TrainingFailed("Begrip: de training eindigde zonder model.")
    _throw_old_away(folder)
    return _make_live(wiring, made)


def find_model(wiring: Wiring) -> Model | None:
    """The model of exactly this content and this code, if it was made before."""
    return _model(wiring, _material(wiring)["version"])


def _model(wiring: Wiring, version: str) -> Model | None:
    manifest = models_folder(wiring) / f"trede-{version}.manifest.json"
    file = models_folder(wiring) / f"trede-{version}.tar.gz"
    if not (manifest.exists() and file.exists()):
        return None
    return Model(version, file, json.loads(manifest.read_text(encoding="utf-8")))


def _throw_old_away(folder: Path) -> None:
    """The newest few stay: the way back to an earlier model must be short."""
    manifests = sorted(folder.glob("trede-*.manifest.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for manifest in manifests[KEPT_MODELS:]:
        manifest.with_name(manifest.name.replace(".manifest.json", ".tar.gz")).unlink(missing_ok=True)
        manifest.unlink()


def models_folder(wiring: Wiring) -> Path:
    return wiring.settings.data_dir / "models"


def rasa_environment() -> dict[str, str]:
    """What Rasa's processes get to see: no secret of ours, no address of the database."""
    passed = ("PATH", "HOME", "LANG", "TMPDIR")
    own = {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1"}
    return {name: os.environ[name] for name in passed if name in os.environ} | own


def _material(wiring: Wiring) -> dict[str, Any]:
    with wiring.database.reading() as session:
        material = training_material(session)
    fingerprint = hashlib.sha256(json.dumps(material, sort_keys=True, ensure_ascii=False).encode())
    for path in _code_files():
        fingerprint.update(path.relative_to(NLU).as_posix().encode() + path.read_bytes())
    return material | {"version": fingerprint.hexdigest()[:16]}


def _code_files() -> list[Path]:
    files = {path for pattern in CODE for path in NLU.rglob(pattern)}
    return sorted(path for path in files if ".venv" not in path.parts and "__pycache__" not in path.parts)


def _run(command: list[str]) -> Iterator[dict[str, Any]]:
    """The steps a training tells, as they come."""
    if not PYTHON.exists():
        raise TrainingFailed("Rasa's omgeving ontbreekt: draai eerst `make setup`.")
    process = subprocess.Popen(  # noqa: S603  our own script with our own arguments
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=rasa_environment(), cwd=NLU
    )
    last: dict[str, Any] = {}
    for line in process.stdout or ():
        if line.startswith("{"):
            last = json.loads(line)
            yield last
    _, errors = process.communicate()
    if process.returncode != 0:
        why = last.get("reason") or "\n".join(errors.strip().splitlines()[-5:])
        raise TrainingFailed(f"Begrip: de training stopte bij '{last.get('step', 'de start')}': {why}")


STEPS = {
    "read": "leest de onderwerpen",
    "build": "schrijft de bestanden voor Rasa",
    "load rasa": "laadt Rasa",
    "folds": "meet op achtergehouden voorbeelden",
    "fit": "leert van alle voorbeelden",
    "train": "Rasa heeft het model gemaakt",
    "done": "model klaar",
}


def _in_words(step: dict[str, Any]) -> str:
    done = f" {step['done']}/{step['of']}" if step.get("of", 1) > 1 else ""
    return f"Begrip: {STEPS.get(step['step'], step['step'])}{done}"


def _make_live(wiring: Wiring, model: Model) -> Model:
    with wiring.database.writing() as session:
        session.execute(update(ModelVersion).values(live=False).where(ModelVersion.live.is_(True)))
        row = session.scalar(select(ModelVersion).where(ModelVersion.version == model.version))
        if row is None:
            row = ModelVersion(municipality_id=library(session).id, version=model.version, trained_at=now())
            session.add(row)
        row.file, row.manifest, row.live = model.file.name, model.manifest, True
    return model
