"""What a caseworker has to do because the assistant cannot: made once, seen by the team, ticked by whoever did it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Account, StaffTask, TaskKind
from services.errors import UnknownTask


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


def open_tasks(session: Session, municipality_id: int, account_id: int | None) -> Sequence[StaffTask]:
    """Those of this colleague and of the team, the oldest first; without an account: those of everybody."""
    query = select(StaffTask).where(StaffTask.municipality_id == municipality_id, StaffTask.done_at.is_(None))
    if account_id is not None:
        query = query.where(or_(StaffTask.account_id == account_id, StaffTask.account_id.is_(None)))
    return session.scalars(query.order_by(StaffTask.made_at, StaffTask.id)).all()


def task_done(session: Session, account: Account, task_id: int, now: datetime) -> StaffTask:
    """Who ticks it first has done it. Raises UnknownTask, also for one of another municipality."""
    query = select(StaffTask).where(StaffTask.municipality_id == account.municipality_id, StaffTask.id == task_id)
    task = session.scalar(query.with_for_update())
    if task is None:
        raise UnknownTask
    if task.done_at is None:
        task.done_at, task.done_by = now, account.id
        session.flush()
    return task


def _find(session: Session, municipality_id: int, dedupe: str) -> StaffTask | None:
    query = select(StaffTask).where(StaffTask.municipality_id == municipality_id, StaffTask.dedupe == dedupe[:120])
    return session.scalar(query)
