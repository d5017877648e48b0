"""One run, taken up by this process: train, measure, judge, switch, settle. Or only switch, for the way back."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from cli.labelled import FileWrong, read_held_back
from cli.models import Model, find, models_folder, throw_away
from cli.rasa_environment import EnvironmentMissing
from cli.rasas import Rasas
from cli.switching import SwitchRefused, switch
from cli.training import train
from cli.training_elsewhere import TrainerAway
from cli.training_job import Job, Step, TrainingFailed
from cli.understanding import as_parsed
from cli.wiring import Wiring, now
from db.models import RunState
from services.editing.changes import TRAINED_ON, marks_of
from services.errors import ServiceError
from services.evaluation import Labelled
from services.judgement import differences, judge, judge_material, measure
from services.model_versions import KEPT, keep_version, live_version, versions_that_were_live
from services.publication import (
    Failure,
    fail,
    give_back,
    mark_live,
    refuse,
    renew_claim,
    tell_progress,
)
from services.training_material import training_material

log = logging.getLogger(__name__)

RENEW_EVERY, TELL_EVERY = 10.0, 1.0
STATES = {"measure": RunState.MEASURING, "switch": RunState.SWITCHING}


class ClaimLost(Exception):
    """Another worker holds the run now."""


class Stopped(Exception):
    """This process is told to end."""


@dataclass
class OneRun:
    """`by` holds the run `id`. `stopped` says whether to end; `tell` hears every step. With `anyway`, a model that is
    worse goes live all the same."""

    wiring: Wiring
    rasas: Rasas
    id: int
    back_to: str | None
    by: str
    tell: Callable[[Step], None]
    stopped: Callable[[], bool]
    in_terminal: bool = False
    anyway: bool = False
    report: dict[str, Any] = field(default_factory=dict)
    _renewed: float = field(default_factory=time.monotonic)
    _told: tuple[float, str] = (0.0, "")

    def finish(self) -> None:
        """Whatever happens, the row says it afterwards; but for a process that is killed, whose lease runs out."""
        try:
            self._go_back(self.back_to) if self.back_to else self._renew()
        except ClaimLost:
            log.warning("run was taken over", extra={"run": self.id})
        except Stopped:
            self._stop()
        except SwitchRefused as error:
            self.report["switch"] = {"why": error.why, "rasas": error.rasas}
            self._fail(Failure.SWITCH)
        except TrainerAway:
            self._fail(Failure.TRAINER_AWAY)
        except (TrainingFailed, EnvironmentMissing, FileWrong, ServiceError) as error:
            self.report["detail"] = str(error)[:1000]
            self._fail(Failure.TRAINING)
        except Exception:
            log.exception("run broke", extra={"run": self.id})
            self._fail(Failure.BROKE)

    def _renew(self) -> None:
        """Train what the content is now."""
        labels, before = read_held_back(self.wiring.settings.content_dir), self._live()
        with self.wiring.database.reading() as session:
            material = training_material(session)
        labels = self._without_examples(labels, material)
        job = self._job(material, labels, before)
        if before is not None and before.version == job.version:
            self.report["unchanged"] = True
            self._publish(before, before)
            return
        reasons = judge_material(_examples(material), len(labels))
        if reasons and not self.anyway:
            self._refuse(job.version, reasons)
            return
        started = time.monotonic()
        model = train(job, self._step, self._pulse)
        self.report["seconds"] = {"train": round(time.monotonic() - started, 1)}
        self._keep(model, material)
        reasons += self._measure(job, labels)
        if reasons and not self.anyway:
            self._refuse(model.version, reasons)
        else:
            self.report |= {"reasons": reasons} | ({"anyway": True} if reasons else {})
            self._publish(model, before)

    def _job(self, material: dict[str, Any], labels: list[Labelled], before: Model | None) -> Job:
        self.report["topics"] = len(material["topics"])
        self.report["examples"] = sum(_examples(material).values())
        compare = before.file.name if before else None
        return Job(models_folder(self.wiring), material, tuple(label.text for label in labels), compare)

    def _without_examples(self, labels: list[Labelled], material: dict[str, Any]) -> list[Labelled]:
        """A message that became an example measures nothing any more."""
        examples = {
            _bare(text) for topic in material["topics"] for texts in topic["examples"].values() for text in texts
        }
        left = [label for label in labels if _bare(label.text) not in examples]
        self.report["left_out"] = len(labels) - len(left)
        return left

    def _measure(self, job: Job, labels: list[Labelled]) -> list[dict[str, Any]]:
        """The reasons against the new model."""
        if not labels:
            return []
        told_after, told_before = job.take_parses()
        after = [as_parsed(parse) for parse in told_after]
        self.report |= {"after": measure(labels, after), "before": None}
        if told_before is None:
            return []
        before = [as_parsed(parse) for parse in told_before]
        self.report |= {"before": measure(labels, before)} | differences(labels, before, after)
        return judge(self.report["before"], self.report["after"])

    def _go_back(self, version: str) -> None:
        model = find(models_folder(self.wiring), version)
        if model is None:
            self._fail(Failure.FILE_MISSING)
        else:
            self._publish(model, self._live())

    def _publish(self, model: Model, before: Model | None) -> None:
        self._step({"step": "switch", "done": 0, "of": 1})
        started = time.monotonic()
        folder = models_folder(self.wiring)
        # In a terminal it may be that nothing runs: whoever starts Rasa then finds the new model.
        rasas = switch(folder, model, before, self.rasas, self._pulse, must_answer=not self.in_terminal)
        self.report["switch"] = {"rasas": rasas}
        self.report["seconds"] = self.report.get("seconds", {}) | {"switch": round(time.monotonic() - started, 1)}
        with self.wiring.database.writing() as session:
            if not mark_live(session, self.id, self.by, model.version, self.report, now()):
                raise ClaimLost
        self._throw_away(model.version)

    def _keep(self, model: Model, material: dict[str, Any]) -> None:
        with self.wiring.database.writing() as session:
            keep(session, model, material)

    def _refuse(self, version: str, reasons: list[dict[str, Any]]) -> None:
        self.report["reasons"] = reasons
        with self.wiring.database.writing() as session:
            refuse(session, self.id, self.by, version, self.report, now())
        self._throw_away(version)

    def _throw_away(self, newest: str) -> None:
        """A refused one stays until the next: somebody may want it all the same."""
        with self.wiring.database.reading() as session:
            kept = {one.version for one in versions_that_were_live(session)[:KEPT]}
        throw_away(models_folder(self.wiring), kept | {newest})

    def _fail(self, failure: Failure) -> None:
        with self.wiring.database.writing() as session:
            fail(session, self.id, self.by, failure, now(), self.report)

    def _stop(self) -> None:
        """Another worker may go on with it; what somebody stops in a terminal, nobody waits for."""
        if self.in_terminal:
            self._fail(Failure.STOPPED)
            return
        with self.wiring.database.writing() as session:
            give_back(session, self.id, self.by)

    def _live(self) -> Model | None:
        with self.wiring.database.reading() as session:
            row = live_version(session)
        return find(models_folder(self.wiring), row.version) if row else None

    def _step(self, step: Step) -> None:
        """Into the row, but at most once a second: folds and checks come quickly."""
        if step["step"] == "done":
            return  # with the training; the switch is still to come
        self.tell(step)
        at, name = self._told
        if time.monotonic() - at < TELL_EVERY and name == step["step"]:
            return
        self._told = (time.monotonic(), step["step"])
        state = STATES.get(step["step"], RunState.TRAINING)
        with self.wiring.database.writing() as session:
            told = (state, step["step"], step["done"], step["of"])
            if not tell_progress(session, self.id, self.by, *told, now()):
                raise ClaimLost
        self._renewed = time.monotonic()

    def _pulse(self) -> None:
        if self.stopped():
            raise Stopped
        if time.monotonic() - self._renewed > RENEW_EVERY:
            self._renewed = time.monotonic()
            with self.wiring.database.writing() as session:
                if not renew_claim(session, self.id, self.by, now()):
                    raise ClaimLost


def keep(session: Session, model: Model, material: dict[str, Any]) -> None:
    """Put it on record, with the marks of what it was made of."""
    keep_version(session, model.version, model.file.name, model.manifest | {TRAINED_ON: marks_of(material)}, now())


def _examples(material: dict[str, Any]) -> dict[str, int]:
    return {topic["id"]: sum(len(texts) for texts in topic["examples"].values()) for topic in material["topics"]}


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?")
