"""Where somebody can be reminded: over which of his contact points, in which order, and only where he wants it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Channel, Consent, ContactPoint, Conversation, Person, ReminderKind

BEST_FIRST = (Channel.TELEGRAM, Channel.WEB, Channel.TERMINAL)
"""What is brought to somebody comes before what he has to come and read."""
ALL = ReminderKind.ALL


@dataclass(frozen=True)
class Reach:
    """Of several residents together: where something arrives, and what is not wanted there."""

    ways: tuple[tuple[ContactPoint, Conversation], ...]
    """The newest conversation of every contact point at which something arrives."""
    unwanted: frozenset[tuple[int, ReminderKind]]

    def of(self, person_id: int | None, contact_id: int | None) -> list[Conversation]:
        """Of this person, or of one contact point: the best first, wanted or not."""
        if person_id is not None:
            found = [way for contact, way in self.ways if contact.person_id == person_id]
        else:
            found = [way for contact, way in self.ways if contact.id == contact_id]
        return sorted(found, key=lambda way: (BEST_FIRST.index(way.channel), -way.id))

    def wants(self, conversation: Conversation, kind: ReminderKind) -> bool:
        contact_id = conversation.contact_point_id
        return (contact_id, ALL) not in self.unwanted and (contact_id, kind) not in self.unwanted


def reach_of(session: Session, person_ids: Collection[int], contact_ids: Collection[int]) -> Reach:
    """Two queries, however many they are."""
    newest = select(func.max(Conversation.id)).where(Conversation.contact_point_id == ContactPoint.id)
    query = (
        select(ContactPoint, Conversation)
        .join(Conversation, Conversation.contact_point_id == ContactPoint.id)
        .where(
            or_(ContactPoint.id.in_(contact_ids), ContactPoint.person_id.in_(person_ids)),
            ContactPoint.unreachable_since.is_(None),
            Conversation.municipality_id == ContactPoint.municipality_id,
            Conversation.id == newest.correlate(ContactPoint).scalar_subquery(),
        )
    )
    ways = tuple((contact, way) for contact, way in session.execute(query))
    no = select(Consent.contact_point_id, Consent.kind).where(
        Consent.contact_point_id.in_([contact.id for contact, _ in ways]), Consent.wanted.is_(False)
    )
    return Reach(ways, frozenset((contact_id, kind) for contact_id, kind in session.execute(no)))


def conversations_to_reach(
    session: Session, whom: Person | Conversation, kind: ReminderKind, _now: datetime
) -> list[Conversation]:
    """The best first; none when nothing may be said of this kind, or nothing would arrive anywhere."""
    reach = _reach(session, whom)
    return [way for way in _of(reach, whom) if reach.wants(way, kind)]


def ways_to(session: Session, whom: Person | Conversation) -> list[Conversation]:
    """Wherever something arrives, wanted or not."""
    return _of(_reach(session, whom), whom)


def _reach(session: Session, whom: Person | Conversation) -> Reach:
    if isinstance(whom, Person):
        return reach_of(session, [whom.id], [])
    return reach_of(session, [], [whom.contact_point_id])


def _of(reach: Reach, whom: Person | Conversation) -> list[Conversation]:
    if isinstance(whom, Person):
        return reach.of(whom.id, None)
    return reach.of(None, whom.contact_point_id)
