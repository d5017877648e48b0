"""The evidence: every try to bring a reminder to somebody is written down in the transaction that settles it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.models import Channel, DeliveryAttempt, Message

SENT, SHOWN = "sent", "shown"
"""Taken by the channel; stands in a chat that the resident has to open himself."""
TOO_LATE, NOT_WANTED, NO_CONSENT, OVERTAKEN = "too_late", "not_wanted", "no_consent", "overtaken"
"""Why one was not said: too late, what it was about is gone, it was switched off, a later one is due as well."""

# Of the table and not of the record: nobody reads it back, and its number is not asked for.
_INSERT = insert(DeliveryAttempt.__table__)  # type: ignore[arg-type]


def note_attempt(session: Session, message: Message, channel: Channel, result: str, now: datetime) -> None:
    if message.about is not None:
        session.add(
            DeliveryAttempt(
                municipality_id=message.municipality_id,
                message_id=message.id,
                about=message.about,
                channel=channel,
                at=now,
                result=result[:40],
            )
        )


def note_row(
    session: Session, municipality_id: int, message_id: int, about: str, channel: Channel, result: str, now: datetime
) -> None:
    """The same for who has not read the message: one statement."""
    session.connection().execute(
        _INSERT,
        {
            "municipality_id": municipality_id, "message_id": message_id, "about": about, "channel": channel,
            "at": now, "result": result[:40],
        },
    )  # fmt: skip


def times_tried(session: Session, message_id: int) -> int:
    """How often it is on record already."""
    query = select(func.count()).where(DeliveryAttempt.message_id == message_id)
    return session.scalar(query) or 0


def attempts_about(session: Session, municipality_id: int, about: str) -> list[dict[str, Any]]:
    """As a task keeps them: times and codes."""
    query = select(DeliveryAttempt).where(
        DeliveryAttempt.municipality_id == municipality_id, DeliveryAttempt.about == about
    )
    rows = session.scalars(query.order_by(DeliveryAttempt.at, DeliveryAttempt.id))
    return [{"at": row.at.isoformat(), "channel": row.channel.value, "result": row.result} for row in rows]
