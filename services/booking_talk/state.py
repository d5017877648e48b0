"""Where the talk stands: what is to be done, what is known of it, and which times were offered."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, BookingTalk, Conversation, MeetingChannel
from services.agenda.slot import Slot
from services.said_time import Wish


class Deed(StrEnum):
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"


class Step(StrEnum):
    """What was asked last."""

    KIND = "kind"
    """Which kind of conversation."""
    WHICH = "which"
    """Which of several appointments."""
    CHANNEL = "channel"
    WISH = "wish"
    CHOOSE = "choose"
    CONFIRM = "confirm"
    NEEDS = "needs"
    SURE = "sure"
    """Whether it is really to be cancelled."""
    REASON = "reason"


TOPICS = {
    Deed.BOOK: "book_conversation",
    Deed.MOVE: "reschedule_conversation",
    Deed.CANCEL: "cancel_conversation",
}
BOOKING = "booking"
"""The name of our effects; see services/booking_talk/effect.py."""

HOLDS = timedelta(hours=24)


@dataclass(frozen=True)
class Talk:
    """`appointment`: the public id of the one to be moved or cancelled. `shown`: so many of the times offered last are
    on the screen."""

    deed: Deed
    step: Step = Step.WISH
    programme: str | None = None
    channel: MeetingChannel | None = None
    wish: Wish = field(default_factory=Wish)
    needs: dict[str, str] = field(default_factory=dict)
    offered: tuple[Slot, ...] = ()
    shown: int = 0
    appointment: str | None = None
    hold_id: int | None = None

    @property
    def on_screen(self) -> tuple[Slot, ...]:
        return self.offered[len(self.offered) - self.shown :]

    def at(self, step: Step) -> "Talk":
        return replace(self, step=step)

    def to_json(self) -> dict[str, Any]:
        return {
            "deed": self.deed.value,
            "step": self.step.value,
            "programme": self.programme,
            "channel": self.channel.value if self.channel else None,
            "wish": self.wish.to_json(),
            "needs": self.needs,
            "offered": [slot.to_json() for slot in self.offered],
            "shown": self.shown,
            "appointment": self.appointment,
            "hold_id": self.hold_id,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Talk":
        return cls(
            deed=Deed(data["deed"]),
            step=Step(data["step"]),
            programme=data["programme"],
            channel=MeetingChannel(data["channel"]) if data["channel"] else None,
            wish=Wish.from_json(data["wish"]),
            needs=dict(data["needs"]),
            offered=tuple(Slot.from_json(slot) for slot in data["offered"]),
            shown=data["shown"],
            appointment=data["appointment"],
            hold_id=data["hold_id"],
        )


def find_row(session: Session, conversation: Conversation) -> BookingTalk | None:
    return session.scalar(
        select(BookingTalk).where(
            BookingTalk.municipality_id == conversation.municipality_id,
            BookingTalk.conversation_id == conversation.id,
        )
    )


def read_talk(session: Session, conversation: Conversation, now: datetime) -> Talk | None:
    """None when there is none, or when it lay so long that it is begun anew."""
    row = find_row(session, conversation)
    if row is None or now - row.changed_at > HOLDS:
        return None
    moving = session.get(Appointment, row.moving_id) if row.moving_id is not None else None
    return Talk.from_json(
        {
            **row.wish,
            "step": row.step,
            "programme": row.programme,
            "offered": row.offered,
            "appointment": moving.public_id if moving else None,
            "hold_id": row.hold_id,
        }
    )


def keep_talk(session: Session, conversation: Conversation, talk: Talk, now: datetime) -> None:
    """Begin it, or go on."""
    row, moving_id = find_row(session, conversation), _id_of(session, conversation, talk.appointment)
    if row is None:
        row = BookingTalk(municipality_id=conversation.municipality_id, conversation_id=conversation.id)
        session.add(row)
    told = talk.to_json()
    row.step, row.programme, row.offered, row.hold_id = talk.step.value, talk.programme, told["offered"], talk.hold_id
    row.wish = {name: told[name] for name in ("deed", "channel", "wish", "needs", "shown")}
    row.moving_id, row.changed_at = moving_id, now
    session.flush()


def end_talk(session: Session, conversation: Conversation) -> None:
    row = find_row(session, conversation)
    if row is not None:
        session.delete(row)
        session.flush()


def _id_of(session: Session, conversation: Conversation, public_id: str | None) -> int | None:
    query = select(Appointment.id).where(
        Appointment.municipality_id == conversation.municipality_id, Appointment.public_id == public_id
    )
    return session.scalar(query) if public_id else None
