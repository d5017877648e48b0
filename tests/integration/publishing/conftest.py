"""An installation without Rasa: a trainer that answers by files, and a Rasa that only follows `live.json`."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import load_figures
from cli import one_run, switching, training, training_elsewhere
from cli.models import models_folder, pointed_at
from cli.one_run import OneRun
from cli.rasas import Rasas
from cli.settings import read_settings
from cli.wiring import Wiring
from cli.wiring import now as real_now
from db.models import Example, Topic, TrainingRun
from db.session import Database
from services.model_versions import live_version
from services.municipalities import library
from services.publication import ask_roll_back, ask_training, claim_run, find_run, run_under_way
from tests.builders import build_keys, build_topic
from tests.fakes.keeper import Keeper
from tests.fakes.trainer import Trainer

MESSAGES = {
    "mag ik mijn wagen houden": "car",
    "is een auto van 3000 euro te veel": "car",
    "ik heb schulden, telt dat": "debts",
    "ik zie het niet meer zitten": "distress",
    "wat voor weer wordt het": "out_of_scope",
}


@dataclass
class Workshop:
    """One installation, and what its tests do with it."""

    wiring: Wiring
    trainer: Trainer
    keeper: Keeper
    told: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def folder(self) -> Path:
        return models_folder(self.wiring)

    def topic(self, session: Session, name: str) -> Topic:
        return session.scalars(select(Topic).where(Topic.name == name)).one()

    def add(self, topic: str, *texts: str) -> None:
        """Examples: as an editor gives them."""
        with self.wiring.database.writing() as session:
            row = self.topic(session, topic)
            row.examples += [Example(municipality_id=row.municipality_id, language="nl", text=text) for text in texts]

    def add_topic(self, name: str) -> None:
        with self.wiring.database.writing() as session:
            put_topic(session, name)

    def hand_to_another(self) -> None:
        """As if our lease had run out."""
        with self.wiring.database.writing() as session:
            run = run_under_way(session)
            assert run is not None
            run.claimed_by = "another"

    def run(self, back_to: str | None = None, **other: Any) -> TrainingRun:
        """Ask for a run and do it here, to its end."""
        with self.wiring.database.writing() as session:
            now = real_now()
            ask_roll_back(session, back_to, None, now) if back_to else ask_training(session, None, now)
        return self.take_up(**other)

    def under_way(self) -> bool:
        with self.wiring.database.reading() as session:
            return run_under_way(session) is not None

    def take_up(self, **other: Any) -> TrainingRun:
        """Do the run that waits."""
        with self.wiring.database.writing() as session:
            run = claim_run(session, "us", real_now())
            assert run is not None
        rasas = Rasas(self.wiring.settings)
        told = lambda step: self.told.append(step["step"])  # noqa: E731
        OneRun(self.wiring, rasas, run.id, run.back_to, "us", told, self.stop.is_set, **other).finish()
        return self.ended(run.id)

    def ended(self, number: int) -> TrainingRun:
        with self.wiring.database.reading() as session:
            run = find_run(session, number)
            assert run is not None
            return run

    def live(self) -> str | None:
        with self.wiring.database.reading() as session:
            live = live_version(session)
            return live.version if live else None

    def asked_for(self) -> str | None:
        return pointed_at(self.folder)

    def first(self) -> str:
        """A model is live, of the content as it is."""
        self.trainer.understands = dict(MESSAGES)
        run = self.run()
        assert run.version is not None
        assert (run.state.value, self.live(), self.asked_for()) == ("live", run.version, run.version)
        self.trainer.live = dict(MESSAGES)
        return run.version


def put_topic(session: Session, name: str) -> None:
    topic = build_topic(session, name, name)
    owner = topic.municipality_id
    topic.examples = [Example(municipality_id=owner, language="nl", text=f"{name} {number}") for number in range(6)]


figures = cache(load_figures)


@pytest.fixture
def make_workshop(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Workshop]]:
    monkeypatch.setattr(training, "PYTHON", tmp_path / "not here")
    monkeypatch.setattr(training_elsewhere, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(training_elsewhere, "AWAY_AFTER", 2.0)
    monkeypatch.setattr(switching, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(switching, "SWITCH_AT_MOST", 2.0)
    monkeypatch.setattr(one_run, "TELL_EVERY", 0.0)
    content = tmp_path / "content"
    content.mkdir()
    rows = [f"{text};{topic}" for text, topic in MESSAGES.items()]
    lines = ["text,topics"] + [
        ",".join(json.dumps(part, ensure_ascii=False) for part in row.split(";")) for row in rows
    ]
    (content / "held_back.csv").write_text("\n".join(lines), encoding="utf-8")
    settings = read_settings({"TREDE_DATA_DIR": str(tmp_path / "data"), "TREDE_CONTENT_DIR": str(content)})
    folder = settings.data_dir / "models"
    with database.writing() as session:
        library(session)
        for name in ("car", "debts", "distress", "out_of_scope"):
            put_topic(session, name)
    with Trainer(folder) as trainer, Keeper(folder, settings.rasa_token) as keeper:
        wiring = Wiring(replace(settings, rasa_url=keeper.url), database, build_keys(), figures())
        yield lambda: Workshop(wiring, trainer, keeper)


@pytest.fixture
def workshop(make_workshop: Callable[..., Workshop]) -> Workshop:
    return make_workshop()
