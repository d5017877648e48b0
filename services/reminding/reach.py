"""Where somebody can be reminded: over which of his contact points, in which order, and only where he wants it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Channel, Consent, ContactPoint, Conversation, Person, ReminderKind

BEST_FIRST = (Channel.TELEGRAM, Channel.WEB, Channel.TERMINAL)
"""What is brought to somebody comes before what he has to come and read."""


def conversations_to_reach(
    session: Session, whom: Person | Conversation, kind: ReminderKind, _now: datetime
) -> list[Conversation]:
    """The best first; none when nothing may be said of this kind, or nothing would arrive anywhere."""
    ways = ways_to(session, whom)
    unwanted = contacts_without(session, [way.contact_point_id for way in ways], kind)
    return [way for way in ways if way.contact_point_id not in unwanted]


def ways_to(session: Session, whom: Person | Conversation) -> list[Conversation]:
    """The newest conversation of every contact point at which something arrives, wanted or not."""
    newest = select(func.max(Conversation.id)).where(
        Conversation.municipality_id == whom.municipality_id, Conversation.contact_point_id == ContactPoint.id
    )
    query = (
        select(Conversation)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(
            ContactPoint.municipality_id == whom.municipality_id,
            ContactPoint.unreachable_since.is_(None),
            Conversation.id == newest.scalar_subquery(),
        )
    )
    if isinstance(whom, Person):
        query = query.where(ContactPoint.person_id == whom.id)
    else:
        query = query.where(ContactPoint.id == whom.contact_point_id)
    return sorted(session.scalars(query), key=lambda found: (BEST_FIRST.index(found.channel), -found.id))


def contacts_without(session: Session, contact_ids: Iterable[int], kind: ReminderKind) -> set[int]:
    """Those at which nobody wants to hear of this kind, or of anything."""
    query = select(Consent.contact_point_id).where(
        Consent.contact_point_id.in_(list(contact_ids)),
        Consent.kind.in_((ReminderKind.ALL, kind)),
        Consent.wanted.is_(False),
    )
    return set(session.scalars(query))
