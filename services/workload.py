"""How much work lies waiting in the store, and how long: for who watches over it. Numbers only, of all together."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import (
    Backup,
    CallbackRequest,
    CallbackState,
    Conversation,
    ConversationState,
    Message,
    MessageStatus,
    ModelVersion,
    Municipality,
    TrainingRun,
)
from db.models.message import OPEN_OUTGOING


@dataclass(frozen=True)
class Pile:
    """So many, of which the first waits for so many seconds."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Workload:
    open_lines: Pile
    """Lines of residents without an answer."""
    due_messages: Pile
    """Messages that should have gone out."""
    reminders: Pile
    """Reminders whose time has come and that were not said. At night they wait until the morning."""
    failed_messages: int
    waiting: Pile
    """Conversations in which somebody asked for a person."""
    callbacks: Pile
    """Promises to get in touch that are overdue."""
    training_runs: dict[str, int]
    live_model: str | None
    last_backup: datetime | None


def workload(session: Session, now: datetime) -> Workload:
    """A few quick queries, each over an index."""
    due = Message.status.in_(OPEN_OUTGOING), Message.due_at <= now
    planned = Message.status == MessageStatus.PLANNED, Message.due_at <= now
    overdue = CallbackRequest.state == CallbackState.OPEN, CallbackRequest.promised_by < now
    return Workload(
        open_lines=_pile(session, now, Message.created_at, Message.status == MessageStatus.RECEIVED),
        due_messages=_pile(session, now, Message.due_at, *due),
        reminders=_pile(session, now, Message.due_at, *planned),
        failed_messages=_count(session, Message.status == MessageStatus.FAILED),
        waiting=_pile(session, now, Conversation.waiting_since, _in_any_town(), _waits()),
        callbacks=_pile(session, now, CallbackRequest.promised_by, *overdue),
        training_runs={
            state.value: count
            for state, count in session.execute(select(TrainingRun.state, func.count()).group_by(TrainingRun.state))
        },
        live_model=session.scalar(select(ModelVersion.version).where(ModelVersion.live.is_(True))),
        last_backup=session.scalar(select(func.max(Backup.made_at))),
    )


def _waits() -> ColumnElement[bool]:
    return Conversation.state == ConversationState.WAITING


def _in_any_town() -> ColumnElement[bool]:
    # The index on the state begins with the municipality: naming them all lets the database use it.
    return Conversation.municipality_id.in_(select(Municipality.id))


def _pile(
    session: Session, now: datetime, since: InstrumentedAttribute[datetime | None] | InstrumentedAttribute[datetime],
    *which: ColumnElement[bool],
) -> Pile:  # fmt: skip
    count, first = session.execute(select(func.count(), func.min(since)).where(*which)).one()
    return Pile(count, max((now - first).total_seconds(), 0.0) if first else 0.0)


def _count(session: Session, *which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(Message.id)).where(*which)) or 0
