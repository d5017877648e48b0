"""One press of the button "train": queued, trained, measured, and then live or refused."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, OfMunicipality
from db.types import RowId, UtcDateTime, Word


class RunState(StrEnum):
    QUEUED = "queued"
    TRAINING = "training"
    MEASURING = "measuring"
    SWITCHING = "switching"
    LIVE = "live"
    """It ended with this model answering residents."""
    REFUSED = "refused"
    """It was worse than what is live; `report` says in what."""
    FAILED = "failed"


UNDER_WAY = (RunState.QUEUED, RunState.TRAINING, RunState.MEASURING, RunState.SWITCHING)


class TrainingRun(Numbered, OfMunicipality, Base):
    __tablename__ = "training_run"

    state: Mapped[RunState] = mapped_column(Word(RunState), default=RunState.QUEUED)
    back_to: Mapped[str | None] = mapped_column(String(64))
    """Of a roll back: the version to go back to. None: train."""
    asked_by: Mapped[int | None] = mapped_column(RowId, ForeignKey("account.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[str | None] = mapped_column(String(64))
    """The model that came out of it."""
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """`step`, `done`, `of`: as the training tells it."""
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """`before` and `after` (shares of `services.evaluation`), `reasons` of a refusal, `worse` and `better` messages."""
    failure: Mapped[str | None] = mapped_column(String(200))
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
