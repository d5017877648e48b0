"""What has to be there before anything runs: the database in its newest form, content, a model."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cli.checked import usable
from cli.models import Model, find, is_pointed_at, models_folder, point_at
from cli.one_run import keep
from cli.rasa_environment import code_fingerprint
from cli.training import in_words_once, train
from cli.training_job import Job
from cli.wiring import Wiring, now
from db.locks import Lock, hold
from db.migrate import is_current, upgrade
from services.content.store import import_content
from services.errors import AlreadyTraining
from services.model_versions import knows_every_topic, live_version, make_live
from services.municipalities import library
from services.publication import ask_training, was_refused
from services.training_material import training_material

type Tell = Callable[[str], None]


def prepare(wiring: Wiring, tell: Tell) -> Model:
    """Each step only when it has not been done; an interrupted one is done again."""
    prepare_database(wiring, tell)
    prepare_content(wiring, tell)
    return prepare_model(wiring, tell)


def prepare_model(wiring: Wiring, tell: Tell) -> Model:
    """The live model, when it is there and still fits. One that was refused never becomes live here."""
    folder = models_folder(wiring)
    folder.mkdir(parents=True, exist_ok=True)
    model = find_model(wiring)
    if model is None:
        model = _first_model(wiring, folder, tell)
    else:
        tell(f"Begrip: model {model.version} staat er al.")
        _ask_for_new_topics(wiring, folder, tell)
    if not is_pointed_at(folder, model.version):
        point_at(folder, model)
    return model


def find_model(wiring: Wiring) -> Model | None:
    """The live model; None when its file is gone, or other code makes models now."""
    with wiring.database.reading() as session:
        live = live_version(session)
    if live is None or live.manifest.get("code") != code_fingerprint():
        return None
    return find(models_folder(wiring), live.version)


def _ask_for_new_topics(wiring: Wiring, folder: Path, tell: Tell) -> None:
    """An import may have brought topics that no model knows. A worker trains them, and judges as it always does."""
    with wiring.database.writing() as session:
        material = training_material(session)
        topics = [topic["id"] for topic in material["topics"]]
        known = knows_every_topic(session, topics, code_fingerprint())
        if known or was_refused(session, Job(folder, material).version):
            return
        with suppress(AlreadyTraining):
            ask_training(session, None, now())
    tell("Begrip: er zijn nieuwe onderwerpen; die worden zo geleerd, en gaan live als het niet slechter wordt.")


def _first_model(wiring: Wiring, folder: Path, tell: Tell) -> Model:
    """Of the content as it is. There is nothing it could be compared with: the first, or the first of newer code."""
    with wiring.database.reading() as session:
        material = training_material(session)
    job = Job(folder, material)
    model = find(folder, job.version)
    if model is None:
        tell("Begrip: het model wordt nu gemaakt, zonder vergelijking met een eerder model.")
        model = train(job, in_words_once(tell), pulse=lambda: None)
    with wiring.database.writing() as session:
        keep(session, model, material)
        make_live(session, model.version, now())
    return model


def prepare_database(wiring: Wiring, tell: Tell) -> None:
    if is_current(wiring.database.engine):
        tell("Database: staat er al.")
        return
    upgrade(wiring.database.engine)
    tell("Database: klaar.")


def prepare_content(wiring: Wiring, tell: Tell) -> None:
    """Add what the content folder has and the database lacks. What is there already, editors may have changed."""
    fingerprint = content_fingerprint(wiring.settings.content_dir)
    if _has_content(wiring, fingerprint):
        tell("Inhoud: staat er al.")
        return
    content = usable(wiring, wiring.settings.content_dir)
    with wiring.database.writing() as session:
        # Another process may have imported it meanwhile: adding what is missing then adds nothing.
        hold(session, Lock.FIRST_RUN)
        imported = import_content(session, content)
        library(session).settings = library(session).settings | {"content": fingerprint}
    tell(f"Inhoud: {imported.topics} onderwerpen ingelezen, {imported.kept} stonden er al.")


def _has_content(wiring: Wiring, fingerprint: str) -> bool:
    with wiring.database.writing() as session:
        hold(session, Lock.FIRST_RUN)
        return library(session).settings.get("content") == fingerprint


def content_fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
