"""The evidence of reminders: what was planned about something, every try to bring it, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Agreement,
    Appointment,
    DeliveryAttempt,
    Invitation,
    Message,
    MessageStatus,
    ReminderKind,
    SearchPeriod,
)
from services.reminding.kinds import DOCUMENTS, INCOME, REVIEW
from services.reminding.reach import reach_of

MOST = 200
"""Reminders on one page."""
type OfPerson = type[Appointment] | type[Invitation] | type[Agreement] | type[SearchPeriod]
RECORDS: dict[str, OfPerson] = {
    "appointment": Appointment,
    "missed": Appointment,
    "invitation": Invitation,
    "agreement": Agreement,
    "search_period": SearchPeriod,
}
"""What is of a person, by the word before the colon of `about`."""


@dataclass(frozen=True)
class Reminded:
    about: str
    kind: ReminderKind | None
    """None: its message is gone, because the resident wiped the chat."""
    due_at: datetime | None
    status: MessageStatus | None
    attempts: tuple[DeliveryAttempt, ...]
    wanted: bool = True
    """Whether the resident left this kind on, anywhere: what is planned is looked at again before it is sent."""

    @property
    def at(self) -> datetime:
        """Where it stands in the list."""
        moments = [one.at for one in self.attempts] + ([self.due_at] if self.due_at else [])
        return max(moments)


def evidence_about(
    session: Session, municipality_id: int, about: Collection[str], person_id: int | None
) -> list[Reminded]:
    """Of all these things: the newest first. Who they are about may have switched it off since it was planned."""
    if not about:
        return []
    tries: dict[int | str, list[DeliveryAttempt]] = {}
    query = select(DeliveryAttempt).where(
        DeliveryAttempt.municipality_id == municipality_id, DeliveryAttempt.about.in_(about)
    )
    for one in session.scalars(query.order_by(DeliveryAttempt.at.desc(), DeliveryAttempt.id.desc()).limit(MOST)):
        tries.setdefault(one.message_id or one.about, []).append(one)
    planned = select(Message).where(Message.municipality_id == municipality_id, Message.about.in_(about))
    rows = session.scalars(planned.order_by(Message.due_at.desc()).limit(MOST)).all()
    known = [_known(row, tries.pop(row.id, [])) for row in rows]
    gone = [Reminded(left[0].about, None, None, None, tuple(reversed(left))) for left in tries.values()]
    told = sorted((one for one in (*known, *gone) if one.attempts or one.due_at), key=lambda one: one.at, reverse=True)
    return told if person_id is None else _as_wanted(session, told, person_id)


def evidence_of_person(session: Session, municipality_id: int, person_id: int) -> list[Reminded]:
    """Of everything that is about him: conversations, invitations, agreements, the search period, and what has no
    record of its own."""
    about = [f"{word}:{id_}" for word in RECORDS for id_ in _ids(session, word, municipality_id, person_id)]
    about += [f"{DOCUMENTS}:{person_id}", f"{REVIEW}:{person_id}", f"{INCOME}:p{person_id}"]
    return evidence_about(session, municipality_id, about, person_id)


def _as_wanted(session: Session, told: Sequence[Reminded], person_id: int) -> list[Reminded]:
    reach = reach_of(session, [person_id], [])
    ways = reach.of(person_id, None)
    return [
        replace(one, wanted=one.kind is None or not ways or any(reach.wants(way, one.kind) for way in ways))
        for one in told
    ]


def _known(message: Message, tries: Sequence[DeliveryAttempt]) -> Reminded:
    return Reminded(message.about or "", message.reminder, message.due_at, message.status, tuple(reversed(tries)))


def _ids(session: Session, word: str, municipality_id: int, person_id: int) -> Sequence[int]:
    record = RECORDS[word]
    query = select(record.id).where(record.municipality_id == municipality_id, record.person_id == person_id)
    return session.scalars(query.order_by(record.id.desc()).limit(MOST)).all()
