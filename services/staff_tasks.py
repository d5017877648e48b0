"""What a caseworker has to do because the assistant cannot: made once, seen by the team, ticked by whoever did it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models import Account, StaffTask, TaskKind
from services.errors import UnknownTask


class Whose(StrEnum):
    OWN_AND_TEAM = "own_and_team"
    OWN = "own"
    TEAM = "team"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class TasksWanted:
    """Which tasks somebody wants to see."""

    account_id: int
    """Who looks."""
    whose: Whose = Whose.OWN_AND_TEAM
    kind: TaskKind | None = None
    done: bool = False


def add_task(
    session: Session,
    municipality_id: int,
    kind: TaskKind,
    dedupe: str,
    now: datetime,
    *,
    account_id: int | None = None,
    person_id: int | None = None,
    conversation_id: int | None = None,
    appointment_id: int | None = None,
    **detail: Any,
) -> StaffTask:
    """`account_id`: for whom; None: for the team. The same `dedupe` twice is one task, also when it was done."""
    there = _find(session, municipality_id, dedupe)
    if there is not None:
        return there
    task = StaffTask(
        municipality_id=municipality_id,
        kind=kind,
        dedupe=dedupe[:120],
        account_id=account_id,
        person_id=person_id,
        conversation_id=conversation_id,
        appointment_id=appointment_id,
        detail=detail,
        made_at=now,
    )
    session.add(task)
    session.flush()
    return task


def list_tasks(
    session: Session, municipality_id: int, wanted: TasksWanted, limit: int, skip: int = 0
) -> Sequence[StaffTask]:
    """What is open: the oldest first. What is done: what was ticked last first."""
    query = select(StaffTask).where(*_where(municipality_id, wanted))
    if wanted.kind is not None:
        query = query.where(StaffTask.kind == wanted.kind)
    if wanted.done:
        query = query.order_by(StaffTask.done_at.desc(), StaffTask.id.desc())
    else:
        query = query.order_by(StaffTask.made_at, StaffTask.id)
    return session.scalars(query.limit(limit).offset(skip)).all()


def count_tasks(session: Session, municipality_id: int, wanted: TasksWanted) -> dict[TaskKind, int]:
    """How many of every kind; which kind is wanted makes no difference."""
    query = select(StaffTask.kind, func.count()).where(*_where(municipality_id, wanted))
    return dict(session.execute(query.group_by(StaffTask.kind)).all())


def tasks_done(session: Session, account: Account, task_ids: Collection[int], now: datetime) -> int:
    """All of these; how many were still open. Who ticks one first has done it.

    Raises UnknownTask when one is of another municipality: then none is ticked.
    """
    open_ = [task for task in _hold(session, account, task_ids) if task.done_at is None]
    for task in open_:
        task.done_at, task.done_by = now, account.id
    session.flush()
    return len(open_)


def task_open_again(session: Session, account: Account, task_id: int) -> StaffTask:
    """It was ticked by mistake. Raises UnknownTask."""
    (task,) = _hold(session, account, [task_id])
    task.done_at, task.done_by = None, None
    session.flush()
    return task


def _hold(session: Session, account: Account, task_ids: Collection[int]) -> Sequence[StaffTask]:
    """In their order, so that two who tick the same wait for each other."""
    query = select(StaffTask).where(StaffTask.municipality_id == account.municipality_id, StaffTask.id.in_(task_ids))
    query = query.order_by(StaffTask.id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).all()
    if len(found) != len(set(task_ids)):
        raise UnknownTask
    return found


def _where(municipality_id: int, wanted: TasksWanted) -> Iterator[ColumnElement[bool]]:
    yield StaffTask.municipality_id == municipality_id
    yield StaffTask.done_at.is_not(None) if wanted.done else StaffTask.done_at.is_(None)
    own, team = StaffTask.account_id == wanted.account_id, StaffTask.account_id.is_(None)
    match wanted.whose:
        case Whose.OWN_AND_TEAM:
            yield or_(own, team)
        case Whose.OWN:
            yield own
        case Whose.TEAM:
            yield team


def _find(session: Session, municipality_id: int, dedupe: str) -> StaffTask | None:
    query = select(StaffTask).where(StaffTask.municipality_id == municipality_id, StaffTask.dedupe == dedupe[:120])
    return session.scalar(query)
