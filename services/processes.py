"""Who runs: every process of the installation tells every few seconds that it is there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.models import Process

BEAT_EVERY = timedelta(seconds=10)
GONE_AFTER = timedelta(seconds=35)
"""Three beats missed: stopped without a word, or hanging."""
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Self:
    """What a process knows of itself. `key_check`: see `Keys.check`; `own_key`: it made its key, being given none."""

    name: str
    host: str
    parts: tuple[str, ...]
    key_check: str
    own_key: bool
    started_at: datetime


def beat(session: Session, me: Self, now: datetime) -> None:
    """Say that this process is there."""
    row = session.scalar(select(Process).where(Process.name == me.name))
    if row is None:
        row = Process(
            name=me.name,
            host=me.host[:120],
            parts=list(me.parts),
            key_check=me.key_check,
            own_key=me.own_key,
            started_at=me.started_at,
        )
        session.add(row)
    row.seen_at = now


def leave(session: Session, name: str) -> None:
    """A process that is told to stop takes itself off the list."""
    session.execute(delete(Process).where(Process.name == name))


def forget_gone(session: Session, now: datetime) -> None:
    """Processes that were killed stay on the list for a day, so that somebody can see it."""
    session.execute(delete(Process).where(Process.seen_at < now - FORGOTTEN_AFTER))


def who_runs(session: Session, now: datetime) -> Sequence[Process]:
    """Those that were heard lately."""
    return session.scalars(select(Process).where(Process.seen_at >= now - GONE_AFTER).order_by(Process.id)).all()


def who_went(session: Session, now: datetime) -> Sequence[Process]:
    """Those that stopped without a word during the last day."""
    return session.scalars(select(Process).where(Process.seen_at < now - GONE_AFTER).order_by(Process.id)).all()


def alive_by_part(running: Collection[Process]) -> dict[str, int]:
    """How many processes do each part."""
    parts = [part for process in running for part in process.parts]
    return {part: parts.count(part) for part in sorted(set(parts))}


def have_one_key(running: Collection[Process]) -> bool:
    """Whether all have the same secret key; else they cannot read each other's sessions and addresses."""
    return len({process.key_check for process in running}) <= 1
