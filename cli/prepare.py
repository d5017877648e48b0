"""What has to be there before anything runs: the database in its newest form, content, a model."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from cli.checked import usable
from cli.training import Model, find_model, train
from cli.wiring import Wiring
from db.locks import Lock, hold
from db.migrate import is_current, upgrade
from services.content.store import import_content
from services.municipalities import library

type Tell = Callable[[str], None]


def prepare(wiring: Wiring, tell: Tell) -> Model:
    """Each step only when it has not been done; an interrupted one is done again."""
    prepare_database(wiring, tell)
    prepare_content(wiring, tell)
    model = find_model(wiring)
    if model is not None:
        tell(f"Begrip: model {model.version} staat er al.")
        return model
    return train(wiring, tell)


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
