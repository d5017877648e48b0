"""What a resident wants to be reminded of: everything, unless he said otherwise. What he says holds at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Consent, ContactPoint, Conversation, ReminderKind

ALL = ReminderKind.ALL


def wants(session: Session, contact_point_id: int, kind: ReminderKind) -> bool:
    """Whether this kind may be said over this contact point. `ALL` goes before the kinds."""
    query = select(Consent.kind).where(
        Consent.contact_point_id == contact_point_id, Consent.kind.in_((ALL, kind)), Consent.wanted.is_(False)
    )
    return session.scalars(query).first() is None


def set_wanted(session: Session, conversation: Conversation, kind: ReminderKind, wanted: bool, now: datetime) -> None:
    """Write down what the resident said in this conversation.

    A kind holds for this chat; everything, of somebody whose chat is linked, for all his chats. Who wanted nothing and
    then asks for one kind gets that one only.
    """
    for contact_id in _contacts(session, conversation, kind):
        known = _known(session, contact_id)
        if kind is not ALL and wanted and ALL in known and not known[ALL].wanted:
            _set(session, conversation, contact_id, known, ((ALL, True),), now)
            others = [(other, False) for other in ReminderKind if other not in (ALL, kind)]
            _set(session, conversation, contact_id, known, others, now)
        _set(session, conversation, contact_id, known, ((kind, wanted),), now)
        if kind is ALL and wanted:
            _set(session, conversation, contact_id, known, [(other, True) for other in known if other is not ALL], now)
    session.flush()


def _contacts(session: Session, conversation: Conversation, kind: ReminderKind) -> list[int]:
    """Locked in their order, so that two who say something at once wait for each other."""
    own = session.get_one(ContactPoint, conversation.contact_point_id)
    everywhere = kind is ALL and own.person_id is not None
    query = select(ContactPoint.id).where(ContactPoint.municipality_id == conversation.municipality_id)
    query = query.where(ContactPoint.person_id == own.person_id if everywhere else ContactPoint.id == own.id)
    return list(session.scalars(query.order_by(ContactPoint.id).with_for_update(key_share=True)))


def _known(session: Session, contact_id: int) -> dict[ReminderKind, Consent]:
    rows = session.scalars(select(Consent).where(Consent.contact_point_id == contact_id))
    return {row.kind: row for row in rows}


def _set(
    session: Session,
    conversation: Conversation,
    contact_id: int,
    known: dict[ReminderKind, Consent],
    said: Iterable[tuple[ReminderKind, bool]],
    now: datetime,
) -> None:
    for kind, wanted in said:
        if kind not in known:
            known[kind] = Consent(
                municipality_id=conversation.municipality_id, contact_point_id=contact_id, kind=kind, wanted=wanted
            )
            session.add(known[kind])
        known[kind].wanted, known[kind].changed_at = wanted, now
