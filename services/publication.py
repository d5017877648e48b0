"""One button: a run is asked for, trained, measured, and then live or refused. Going back is a run too.

A run is a row that one worker at a time holds by a lease. The worker trains and measures outside any transaction and
tells here how far it is; what a run may do to residents is decided by `services.judgement`, which also says what stands
in its `report`. There is one model for the
whole installation, so runs and versions belong to the library.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Municipality, RunState, TrainingRun
from db.models.municipality import LIBRARY
from db.models.training_run import UNDER_WAY
from services.errors import AlreadyTraining, NoWayBack
from services.model_versions import make_live, versions_to_go_back_to
from services.municipalities import library

LEASE = timedelta(seconds=60)
"""A worker renews it every few seconds; after it another may take the run up."""
ATTEMPTS = 2
"""A run that ended the worker twice would end it again: too little memory, for instance."""

# Where a step stands in the whole, in percent: from, to. Loading Rasa and learning take most; the second process, which
# judges what was held back ("folds"), has been busy since the beginning.
PERCENT = {
    "queued": (0, 0),
    "read": (0, 1),
    "build": (1, 2),
    "load rasa": (2, 40),
    "fit": (40, 70),
    "folds": (70, 80),
    "train": (80, 85),
    "measure": (85, 95),
    "switch": (95, 99),
    "done": (100, 100),
}


class Failure(StrEnum):
    """Why a run ended without a verdict. The pages have a sentence for each."""

    TRAINING = "training_failed"
    TRAINER_AWAY = "trainer_away"
    """No Rasa environment here, and nobody takes up requests from the models folder."""
    WORKER_DIED = "worker_died"
    FILE_MISSING = "file_missing"
    """Of a roll back: the model file is gone or is not what it was."""
    SWITCH = "switch_refused"
    """The second Rasa process did not serve the new model rightly; the old one went on. `report["switch"]["why"]`."""
    STOPPED = "stopped"
    """Somebody ended the command in which it ran."""
    BROKE = "broke"
    """Anything else; the log of the worker says what."""


def ask_training(session: Session, account: Account | None, now: datetime) -> TrainingRun:
    """Queue a training of the content as it is when a worker takes it up. Raises AlreadyTraining."""
    return _ask(session, account, now, back_to=None)


def ask_roll_back(session: Session, version: str, account: Account | None, now: datetime) -> TrainingRun:
    """Queue the way back to a version that was live. Raises NoWayBack, AlreadyTraining."""
    if version not in {one.version for one in versions_to_go_back_to(session)}:
        raise NoWayBack
    return _ask(session, account, now, back_to=version)


def run_under_way(session: Session) -> TrainingRun | None:
    return session.scalar(_runs(session, TrainingRun.state.in_(UNDER_WAY)).limit(1))


def find_run(session: Session, run_id: int) -> TrainingRun | None:
    return session.scalar(_runs(session, TrainingRun.id == run_id))


def was_refused(session: Session, version: str) -> bool:
    """Whether this model was measured before and found worse."""
    refused = _runs(session, TrainingRun.version == version, TrainingRun.state == RunState.REFUSED)
    return session.scalar(refused.limit(1)) is not None


def runs(session: Session, limit: int = 20) -> Sequence[TrainingRun]:
    """The newest first."""
    return session.scalars(_runs(session).limit(limit)).all()


def claim_run(session: Session, by: str, now: datetime, run_id: int | None = None) -> TrainingRun | None:
    """Take up a run that nobody holds: queued, or left by a worker that died. `run_id`: this one or none.

    One that was taken up too often is failed here instead.
    """
    free = or_(TrainingRun.claimed_until.is_(None), TrainingRun.claimed_until <= now)
    query = _runs(session, TrainingRun.state.in_(UNDER_WAY), free)
    if run_id is not None:
        query = query.where(TrainingRun.id == run_id)
    run = session.scalar(query.limit(1).with_for_update(skip_locked=True, of=TrainingRun))
    if run is None:
        return None
    attempt = int(run.progress.get("attempt", 0)) + 1
    if attempt > ATTEMPTS:
        _end(run, RunState.FAILED, now, failure=Failure.WORKER_DIED)
        return None
    run.state = RunState.SWITCHING if run.back_to else RunState.TRAINING
    run.claimed_by, run.claimed_until = by, now + LEASE
    run.progress = _progress("queued", 0, 1) | {"attempt": attempt}
    return run


def tell_progress(
    session: Session, run_id: int, by: str, state: RunState, step: str, done: int, of: int, now: datetime
) -> bool:
    """How far it is; renews the lease. False when the run is not this worker's any more: then stop."""
    run = _held(session, run_id, by)
    if run is None:
        return False
    run.state, run.claimed_until = state, now + LEASE
    run.progress = _progress(step, done, of) | {"attempt": run.progress.get("attempt", 1)}
    return True


def renew_claim(session: Session, run_id: int, by: str, now: datetime) -> bool:
    """As `tell_progress` while there is nothing to tell."""
    run = _held(session, run_id, by)
    if run is not None:
        run.claimed_until = now + LEASE
    return run is not None


def give_back(session: Session, run_id: int, by: str) -> None:
    """The worker is told to end: the run waits for the next one, and this attempt does not count."""
    run = _held(session, run_id, by)
    if run is not None:
        run.state, run.claimed_by, run.claimed_until = RunState.QUEUED, None, None
        run.progress = _progress("queued", 0, 1) | {"attempt": int(run.progress.get("attempt", 1)) - 1}


def mark_live(session: Session, run_id: int, by: str, version: str, report: dict[str, Any], now: datetime) -> bool:
    """Every Rasa that was reached answers with this version. False when the run is not this worker's any more."""
    run = _held(session, run_id, by)
    if run is None:
        return False
    make_live(session, version, now)
    _end(run, RunState.LIVE, now, version=version, report=report)
    return True


def refuse(session: Session, run_id: int, by: str, version: str, report: dict[str, Any], now: datetime) -> bool:
    """It was worse; `report["reasons"]` says in what. What was live stays live."""
    run = _held(session, run_id, by)
    if run is not None:
        _end(run, RunState.REFUSED, now, version=version, report=report)
    return run is not None


def fail(
    session: Session, run_id: int, by: str, failure: Failure, now: datetime, report: dict[str, Any] | None = None
) -> bool:
    """It could not be finished. What was live stays live."""
    run = _held(session, run_id, by)
    if run is not None:
        _end(run, RunState.FAILED, now, failure=failure, report=report or run.report)
    return run is not None


def _ask(session: Session, account: Account | None, now: datetime, back_to: str | None) -> TrainingRun:
    owner = library(session)
    # Whoever asks holds this row, so that two who press at once do not both find nothing under way.
    session.execute(select(Municipality.id).where(Municipality.slug == LIBRARY).with_for_update())
    if run_under_way(session) is not None:
        raise AlreadyTraining
    run = TrainingRun(
        municipality_id=owner.id,
        state=RunState.QUEUED,
        back_to=back_to,
        asked_by=account.id if account else None,
        asked_at=now,
        progress=_progress("queued", 0, 1),
        report={},
    )
    session.add(run)
    session.flush()
    return run


def _runs(session: Session, *where: ColumnElement[bool]) -> Select[TrainingRun]:
    owner = select(Municipality.id).where(Municipality.slug == LIBRARY).scalar_subquery()
    return select(TrainingRun).where(TrainingRun.municipality_id == owner, *where).order_by(TrainingRun.id.desc())


def _held(session: Session, run_id: int, by: str) -> TrainingRun | None:
    held = (TrainingRun.id == run_id, TrainingRun.claimed_by == by, TrainingRun.state.in_(UNDER_WAY))
    return session.scalar(_runs(session, *held).with_for_update())


def _progress(step: str, done: int, of: int) -> dict[str, Any]:
    first, last = PERCENT.get(step, (0, 0))
    return {"step": step, "done": done, "of": of, "percent": round(first + (last - first) * done / max(of, 1))}


def _end(run: TrainingRun, state: RunState, now: datetime, **values: Any) -> None:
    run.state, run.ended_at, run.claimed_by, run.claimed_until = state, now, None, None
    for name, value in values.items():
        setattr(run, name, value)
